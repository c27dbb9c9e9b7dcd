"""The admin's list of documents with the state of their text, and the action that has a file read again."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import DocumentsFilterSet, IndexView

from assets.extraction.service import read_again
from assets.models import CustomDocument


class DocumentTextFilterSet(DocumentsFilterSet):
    class Meta(DocumentsFilterSet.Meta):
        fields = ["text_state"]


class TextStateColumn(Column):
    """How far the reading of a document's text has come, with the reason where some is missing."""

    cell_template_name = "assets/text_state_cell.html"


class DocumentIndexView(IndexView):
    """Wagtail's list with one more column and filter."""

    filterset_class = DocumentTextFilterSet

    @cached_property
    def columns(self):
        return [*super().columns, TextStateColumn("text_state", label=gettext_lazy("Text for search"), width="20%")]


@require_POST
def read_document_again(request, document_id: int):
    document = get_object_or_404(CustomDocument, pk=document_id)
    if not DocumentIndexView().permission_policy.user_has_permission_for_instance(request.user, "change", document):
        raise PermissionDenied
    read_again(document)
    messages.success(request, _("“%(title)s” will be read again shortly.") % {"title": document.title})
    return redirect("wagtaildocs:edit", document.pk)
