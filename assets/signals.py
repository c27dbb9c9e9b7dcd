"""What assets announces to whoever listens."""

from django.dispatch import Signal

# Sent with `document_id` in the transaction in which a document's text came, went or was replaced, or the document was
# moved to another collection, of which others may see the text.
document_text_changed = Signal()
