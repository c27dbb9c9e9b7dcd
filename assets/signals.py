"""What assets announces to whoever listens."""

from django.dispatch import Signal

# Sent with `document_id` in the transaction in which a document's text came, went or was replaced.
document_text_changed = Signal()
