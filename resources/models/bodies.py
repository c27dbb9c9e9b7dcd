"""The body of a page: blocks in the order that editors choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from resources.blocks import body_blocks


class BodyFields(models.Model):
    """A translatable body of blocks."""

    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)

    body_field = "body"
    body_panel = FieldPanel("body")
    body_search_fields = [index.SearchField("body")]

    class Meta:
        abstract = True
