"""The settings of the site as the content file `settings.yaml` gives them."""

from dataclasses import dataclass
from typing import Any

from home.loading.fields import Fields
from home.loading.read import Mapping
from home.models import SiteSettings


@dataclass
class Settings:
    """Names, footer and contact of the site; references still to be looked up."""

    values: dict[str, Any]
    raw: Mapping


def read_settings(fields: Fields) -> Settings:
    fields.model = SiteSettings
    values: dict[str, Any] = {}
    for name in ("name", "footer"):
        for language, text in fields.bilingual(name, field=f"{name}_en").items():
            values[f"{name}_{language}"] = text
    for name, kind in (("contact", "contact"), ("contact_page", "work")):
        if reference := fields.reference(name, kind):
            values[name] = reference
    fields.finish()
    return Settings(values, fields.mapping)
