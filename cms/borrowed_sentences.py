"""Sentences of Django, Wagtail and wagtailmedia that the site says in its own words, or that have no Spanish there.

Named here they stand in our catalogues, which are asked first. Django's Spanish calls a file now "fichero" and now
"archivo", and tells no editor what to do; wagtailmedia has no Spanish at all.
"""

from django.utils.translation import gettext_noop

SENTENCES = (
    # What forms say of files
    gettext_noop("The submitted file is empty."),
    gettext_noop("No file was submitted."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("Please either submit a file or check the clear checkbox, not both."),
    gettext_noop("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
    # What stands above a refused form
    gettext_noop("The document could not be created due to errors."),
    gettext_noop("The media file could not be saved due to errors."),
    gettext_noop("The media could not be saved due to errors."),
    gettext_noop("Go to the first error"),
    # The form of recordings, and the way to it as the guide for editors names it
    gettext_noop("duration"),
    gettext_noop("Duration in seconds"),
    gettext_noop("thumbnail"),
    gettext_noop("Media"),
    gettext_noop("Add audio"),
    gettext_noop("Add video"),
    gettext_noop("Choose audio"),
    gettext_noop("Choose video"),
)
