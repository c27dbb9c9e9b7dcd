"""Import and export in the admin: upload a table, read what it would do, confirm; or download the library."""

import contextlib
import secrets
import tempfile
import time
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin.menu import MenuItem

from resources.importing.exporting import export_library
from resources.importing.places import Parents
from resources.importing.problems import ImportRefused
from resources.importing.service import import_library
from resources.importing.tables import FORMATS

MOST_BYTES = 20 * 1024 * 1024
# How long an uploaded table waits for its confirmation.
PATIENCE_SECONDS = 60 * 60
SALT = "resources.importing"
MOST_SHOWN = 200


class ImportForm(forms.Form):
    """A table, and whether it may bring new terms."""

    file = forms.FileField(label=gettext_lazy("Table (.csv, .xlsx or .jsonl)"))
    create_terms = forms.BooleanField(
        label=gettext_lazy("Create terms and names that are not known yet"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in FORMATS:
            raise ValidationError(_("Save the table as .csv, .xlsx or .jsonl."))
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is too large for the browser. Run import_library on the server."))
        return file


def may_import(user) -> bool:
    """Whoever may publish in the library."""
    return any(page.permissions_for_user(user).can_publish_subpage() for page in Parents().list_of("resource").values())


def _require_permission(request) -> None:
    if not may_import(request.user):
        raise PermissionDenied


def upload(request):
    """The form; after an upload, what the table would do or what is wrong with it."""
    _require_permission(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    context = {"form": form, "formats": [suffix.lstrip(".") for suffix in FORMATS]}
    if request.method == "POST" and form.is_valid():
        kept = _keep(form.cleaned_data["file"])
        create_terms = form.cleaned_data["create_terms"]
        try:
            context["report"] = import_library(kept, folder=None, dry_run=True, create_terms=create_terms)
            context["token"] = signing.dumps([kept.name, create_terms, request.user.pk], salt=SALT)
        except ImportRefused as refused:
            kept.unlink(missing_ok=True)
            context |= _problems(refused)
    return render(request, "resources/admin/import.html", context)


def confirm(request):
    """Imports the table that was shown."""
    _require_permission(request)
    try:
        name, create_terms, user_id = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=PATIENCE_SECONDS)
        if user_id != request.user.pk:
            raise signing.BadSignature
        kept = _claimed(name)
    except (signing.BadSignature, FileNotFoundError):
        messages.error(request, _("This upload was imported already, or it has expired. Choose the file again."))
        return redirect("import_library")
    try:
        report = import_library(kept, folder=None, create_terms=create_terms)
    except ImportRefused as refused:
        context = {"form": ImportForm(), "formats": [suffix.lstrip(".") for suffix in FORMATS]}
        return render(request, "resources/admin/import.html", context | _problems(refused))
    finally:
        kept.unlink(missing_ok=True)
    counts = {"new": len(report.new), "changed": len(report.changed), "unchanged": report.unchanged}
    messages.success(request, _("Imported. New: %(new)d, changed: %(changed)d, unchanged: %(unchanged)d.") % counts)
    return redirect("import_library")


def _problems(refused: ImportRefused) -> dict:
    problems = refused.problems
    return {"problems": problems[:MOST_SHOWN], "problem_count": len(problems)}


@require_GET
def export(request, suffix: str):
    """The library as a table."""
    _require_permission(request)
    if f".{suffix}" not in FORMATS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"library.{suffix}"
        export_library(file)
        # The open file stays readable when the folder goes.
        return FileResponse(file.open("rb"), as_attachment=True, filename=file.name)


def _folder() -> Path:
    """Where uploads wait, outside of everything that is served."""
    folder = settings.DATA_DIR / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _claimed(name: str) -> Path:
    """The upload, for whoever asks first: a second press of the button finds none. Raises FileNotFoundError."""
    claimed = _folder() / f"claimed-{name}"
    return (_folder() / name).rename(claimed)


def _keep(file) -> Path:
    folder = _folder()
    for forgotten in folder.iterdir():
        # Another request may just have taken it away.
        with contextlib.suppress(FileNotFoundError):
            if forgotten.stat().st_mtime < time.time() - PATIENCE_SECONDS:
                forgotten.unlink()
    kept = folder / f"{secrets.token_hex(16)}{Path(file.name).suffix.lower()}"
    with kept.open("wb") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
    return kept


class ImportMenuItem(MenuItem):
    """Shown to those who may use it."""

    def is_shown(self, request):
        return may_import(request.user)


def admin_urls() -> list:
    return [
        path("import/", upload, name="import_library"),
        path("import/confirm/", confirm, name="import_library_confirm"),
        path("import/export.<str:suffix>", export, name="export_library"),
    ]


def menu_item() -> ImportMenuItem:
    label = gettext_lazy("Import and export")
    return ImportMenuItem(label, reverse("import_library"), icon_name="upload", order=700)
