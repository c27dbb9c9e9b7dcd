import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.serving.catalogues import compile_catalogues
from cms.serving.failures import told_as_obstacles
from cms.serving.obstacles import Obstacle
from cms.serving.preparation import steps


class Command(BaseCommand):
    help = "Do what a complete site still lacks: tables, static files, content, search index, an administrator."
    # The database may not exist yet, and the checks cost more than a prepared site's start-up.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with told_as_obstacles(settings.DATA_DIR):
                self._prepare()
        except Obstacle as obstacle:
            raise CommandError(str(obstacle)) from obstacle

    def _prepare(self) -> None:
        compile_catalogues()
        for step in steps():
            if not step.is_needed():
                continue
            self.stdout.write(f"  {step.message} …")
            self.stdout.flush()
            started = time.monotonic()
            with _only_warnings_logged():
                step.perform()
            self.stdout.write(f"    done in {time.monotonic() - started:.0f} s")


@contextmanager
def _only_warnings_logged() -> Iterator[None]:
    """Keep the line for each page created out of the progress shown."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)
