"""`{% structured_data %}`: the page's JSON-LD, escaped so that no text can end the script element."""

import json

from django import template
from django.utils.html import _json_script_escapes
from django.utils.safestring import mark_safe

from resources.structured_data import structured_data as data_of_page

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context):
    data = data_of_page(context)
    if data is None:
        return ""
    text = json.dumps(data, ensure_ascii=False).translate(_json_script_escapes)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)
