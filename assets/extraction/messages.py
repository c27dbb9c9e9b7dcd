"""The reasons of `problems` as sentences for editors: what happened and what they can do."""

from django.utils.translation import gettext_lazy as _

from assets.extraction.problems import Problem

MESSAGES = {
    Problem.MISSING: _("The file is no longer in storage. Upload it again."),
    Problem.NOTHING: _("The file is empty. Upload it again."),
    Problem.TOO_LARGE: _("The file is too large to be read. Upload a smaller one."),
    Problem.UNPACKS: _("The file unpacks to far more than its size. Save it anew in the program it was made with."),
    Problem.ENCRYPTED: _("The file is protected by a password. Upload a copy without one."),
    Problem.MISLABELLED: _("The file is not what its name says. Save it in the right format and upload it again."),
    Problem.OLD_FORMAT: _("The file is in an old Office format. Save it as .docx, .pptx or .xlsx and upload it again."),
    Problem.UNSUPPORTED: _("Text cannot be read from this kind of file."),
    Problem.DAMAGED: _("The file is damaged. Open it, save it anew and upload it again."),
    Problem.SCANNED: _("No text layer: the pages are scanned. Run text recognition (OCR) and upload the file again."),
    Problem.NO_TEXT: _("The file holds no text."),
    Problem.LONG: _("The file is very long."),
    Problem.TIME: _("Reading took too long and was stopped."),
    Problem.MEMORY: _("Reading needed too much memory and was stopped."),
    Problem.STOPPED: _("Reading stopped unexpectedly. Try again."),
}
PARTIAL = _("Only part of the file can be found by search.")


def message_of(problem: str):
    """The sentence of a stored code, translated when shown; empty for none."""
    return MESSAGES[Problem(problem)] if problem else ""
