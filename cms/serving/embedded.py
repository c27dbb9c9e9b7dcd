"""What the one web process of embedded mode does beside answering requests: it runs the worker."""

import sys

from django.conf import settings

from search import worker

from .obstacles import Obstacle
from .one_process import claim

# gunicorn stops altogether when a worker ends with this number, instead of starting it again and again.
CANNOT_BOOT = 3


def begin() -> None:
    """Claim the data folder and start the worker; another web process that holds the folder ends this one."""
    try:
        claim(settings.DATA_DIR)
    except Obstacle as obstacle:
        print(obstacle, file=sys.stderr, flush=True)
        sys.exit(CANNOT_BOOT)
    worker.start_thread()
