"""Who wrote, published or answers for a work: people, organizations and contacts."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from resources.bilingual import in_reader_language
from resources.models.taxonomies import OrganizationKind


def initials(name: str, short_name: str = "") -> str:
    """Up to three letters for the drawn mark of an organization without a logo; a short name of six letters serves."""
    if short_name and len(short_name) <= 6:
        return short_name
    small = {"of", "for", "the", "and", "de", "la", "los", "del", "in"}
    words = [word for word in name.replace(",", " ").split() if word.lower() not in small]
    return "".join(word[0] for word in words if word[0].isalnum())[:3].upper()


class Person(index.Indexed, models.Model):
    """Somebody named as author, speaker or author of a bill."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)

    panels = [FieldPanel("name"), FieldPanel("key")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name


class Organization(index.Indexed, models.Model):
    """An organization that publishes works or takes part in programs. Its name stays in its own language."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    gloss_es = models.CharField(
        _("meaning of the name in Spanish"),
        max_length=200,
        blank=True,
        help_text=_("Shown in Spanish where the name is mentioned first."),
    )
    kind = models.ForeignKey(
        OrganizationKind, verbose_name=_("kind"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    url = models.URLField(_("website"), max_length=500, blank=True)
    url_es = models.URLField(_("website in Spanish"), max_length=500, blank=True)
    description_en = models.TextField(_("what it is, in English"), blank=True)
    description_es = models.TextField(_("what it is, in Spanish"), blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("gloss_es")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("key")]),
            ],
            heading=_("Name"),
        ),
        FieldRowPanel([FieldPanel("url"), FieldPanel("url_es")], heading=_("Website")),
        FieldRowPanel([FieldPanel("description_en"), FieldPanel("description_es")], heading=_("What it is")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("short_name"),
        index.SearchField("gloss_es"),
        index.AutocompleteField("name"),
        index.AutocompleteField("short_name"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self):
        return self.name

    @property
    def website(self) -> str:
        """The address in the reader's language where the organization has one."""
        return (self.url_es if (get_language() or "").startswith("es") else "") or self.url

    @property
    def gloss(self) -> str:
        return self.gloss_es if (get_language() or "").startswith("es") else ""

    @property
    def description(self) -> str:
        return in_reader_language(self, "description")

    @property
    def initials(self) -> str:
        return initials(self.name, self.short_name)


class Contact(index.Indexed, models.Model):
    """A person whom the public may write to or call, with the languages spoken."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    role_en = models.CharField(_("role in English"), max_length=200, blank=True)
    role_es = models.CharField(_("role in Spanish"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contacts",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=40, blank=True)
    languages = models.CharField(
        _("languages spoken"), max_length=120, blank=True, help_text=_("Language tags with commas: en, es")
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("key")]),
        FieldRowPanel([FieldPanel("role_en"), FieldPanel("role_es")]),
        FieldPanel("organization"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone"), FieldPanel("whatsapp")]),
        FieldPanel("languages"),
    ]
    search_fields = [index.SearchField("name"), index.SearchField("email"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.name or self.email

    @property
    def role(self) -> str:
        return in_reader_language(self, "role")

    @property
    def language_codes(self) -> list[str]:
        return [code.strip() for code in self.languages.split(",") if code.strip()]

    @property
    def whatsapp_url(self) -> str:
        digits = "".join(character for character in self.whatsapp if character.isdigit())
        return f"https://wa.me/{digits}" if digits else ""
