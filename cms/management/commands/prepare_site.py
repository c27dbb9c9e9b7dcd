import time
from typing import Any

from django.core.management.base import BaseCommand

from cms.serving.catalogues import compile_catalogues
from cms.serving.preparation import steps


class Command(BaseCommand):
    help = "Do what a complete site still lacks: tables, static files, content, search index, an administrator."
    # The database may not exist yet, and the checks cost more than a prepared site's start-up.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        for step in steps():
            if not step.is_needed():
                continue
            self.stdout.write(f"  {step.message} …")
            self.stdout.flush()
            started = time.monotonic()
            step.perform()
            self.stdout.write(f"    done in {time.monotonic() - started:.0f} s")
