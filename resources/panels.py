"""Admin panels that know about source editions."""

from wagtail.admin.panels import InlinePanel, MultiFieldPanel


class _OnSourceEditionOnly:
    """Shown where the work was written first: what does not depend on language is edited once."""

    class BoundPanel:
        def is_shown(self):
            instance = self.instance
            on_source = instance is None or instance.pk is None or instance.is_source_edition
            return on_source and super().is_shown()


class SourceEditionPanel(MultiFieldPanel):
    """A group of fields that do not depend on language."""

    class BoundPanel(_OnSourceEditionOnly.BoundPanel, MultiFieldPanel.BoundPanel):
        pass


class SourceEditionInlinePanel(InlinePanel):
    """Child rows that do not depend on language."""

    class BoundPanel(_OnSourceEditionOnly.BoundPanel, InlinePanel.BoundPanel):
        pass
