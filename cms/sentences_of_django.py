"""Sentences of Django that the site says in its own words: named here, they stand in our catalogues, which come first.

Django's Spanish calls a file now "fichero" and now "archivo", and neither language says what an editor can do.
"""

from django.utils.translation import gettext_noop

SENTENCES = (
    gettext_noop("The submitted file is empty."),
    gettext_noop("No file was submitted."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("Please either submit a file or check the clear checkbox, not both."),
    gettext_noop("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
)
