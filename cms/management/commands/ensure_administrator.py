import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Create an administrator with a random password, shown this once, if there is none yet."

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        if users.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write("There is an administrator already. A new password: manage.py changepassword NAME")
            return
        name = self._free_name()
        password = secrets.token_urlsafe(12)
        users.create_superuser(username=name, email="", password=password)
        self.stdout.write(f"\n    Administrator: {name}\n    Password:      {password}\n")
        self.stdout.write("    Write the password down: it is not shown again.\n\n")

    @staticmethod
    def _free_name() -> str:
        """`admin`, or the next name that no deactivated account holds."""
        users = get_user_model().objects
        candidates = ("admin", *(f"admin{number}" for number in range(2, users.count() + 3)))
        return next(name for name in candidates if not users.filter(username=name).exists())
