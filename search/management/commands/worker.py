"""Runs the worker as a process of its own."""

import signal

from django.conf import settings
from django.core.management.base import BaseCommand

from search.worker import Worker


class Command(BaseCommand):
    help = "Renews the search index as content changes, until it is stopped (Ctrl-C)."

    def handle(self, *args, **options):
        if settings.SEARCH_ENGINE == "elasticsearch":
            from search.engines.elasticsearch.start import tell_of_trouble

            tell_of_trouble()
        worker = Worker()
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        worker.run()
