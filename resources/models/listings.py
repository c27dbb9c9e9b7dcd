"""Pages that list the pages below them."""

from django.utils.translation import gettext_lazy as _

from resources.models.base import BasePage, translatable


class ListingPage(BasePage):
    """A page that introduces and lists its children, in either language."""

    work_type = "page"
    translatable_fields = translatable()
    template = "resources/listing_page.html"

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        from resources.cards import children_cards

        context = super().get_context(request, *args, **kwargs)
        context["cards"] = children_cards(self, request)
        return context


class ProgramsPage(ListingPage):
    """The list of programs."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ProgramPage"]

    class Meta:
        verbose_name = _("list of programs")


class PartnersPage(ListingPage):
    """The list of partners."""

    template = "resources/partners_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.PartnerPage"]

    class Meta:
        verbose_name = _("list of partners")


class BillsPage(ListingPage):
    """The bills that a program follows."""

    parent_page_types = ["resources.ProgramPage"]
    subpage_types = ["resources.BillPage"]

    class Meta:
        verbose_name = _("list of bills")


class WorkgroupsPage(ListingPage):
    """The workgroups of a program."""

    parent_page_types = ["resources.ProgramPage"]
    subpage_types = ["resources.WorkgroupPage"]

    class Meta:
        verbose_name = _("list of workgroups")


class ConveningsPage(ListingPage):
    """The convenings of a program, newest first."""

    parent_page_types = ["resources.ProgramPage"]
    subpage_types = ["resources.ConveningPage"]

    class Meta:
        verbose_name = _("list of convenings")
