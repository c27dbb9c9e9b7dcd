"""Who may see uploaded files: recordings everybody, once a public page shows them; nothing of a closed collection."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import CollectionViewRestriction

from assets.models import CustomMedia


def media_at(path: str):
    """The recordings whose file or thumbnail is at `path` below MEDIA_ROOT, those of closed collections apart."""
    return CustomMedia.objects.filter(Q(file=path) | Q(thumbnail=path), ~in_closed_collection("collection__path"))


def in_closed_collection(path: str) -> Exists:
    """Rows whose collection is under a view restriction of its own or of one above; `path` leads to its `path`."""
    restrictions = CollectionViewRestriction.objects.annotate(own_path=ExpressionWrapper(OuterRef(path), CharField()))
    return Exists(restrictions.filter(own_path__startswith=F("collection__path")))
