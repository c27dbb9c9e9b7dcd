"""Runs the worker as a process of its own."""

import signal

from django.core.management.base import BaseCommand

from search.worker import Worker


class Command(BaseCommand):
    help = "Renews the search index as content changes, until it is stopped (Ctrl-C)."

    def handle(self, *args, **options):
        worker = Worker()
        signal.signal(signal.SIGTERM, worker.stop)
        signal.signal(signal.SIGINT, worker.stop)
        worker.run()
