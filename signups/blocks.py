"""The block that invites readers to join."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SignupBlock(blocks.StructBlock):
    """A button that leads to joining a workgroup, or to the contact section while there is no form."""

    label = blocks.CharBlock(label=_("words of the button"), max_length=80)
    text = blocks.CharBlock(label=_("text"), max_length=300, required=False)
    workgroup = blocks.PageChooserBlock(label=_("workgroup"), page_type="resources.WorkgroupPage", required=False)

    class Meta:
        icon = "group"
        label = _("Sign-up button")
        template = "signups/blocks/signup.html"
