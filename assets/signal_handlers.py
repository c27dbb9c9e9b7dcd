"""What happens in assets when rows change."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from assets.models import CustomDocument, DocumentText


@receiver(post_delete, sender=CustomDocument)
def forget_text(sender, instance: CustomDocument, **kwargs) -> None:
    """A deleted file leaves no text behind, unless another document holds the same file."""
    DocumentText.objects.unused().filter(checksum=instance.checksum).delete()
