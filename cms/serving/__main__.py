"""Prepares the site where needed and serves it from one process: `python -m cms.serving`, behind `make run`."""

import os
import subprocess
import sys
from pathlib import Path

import django

from cms.serving.catalogues import compile_catalogues
from cms.serving.failures import told_as_obstacles
from cms.serving.obstacles import (
    Obstacle,
    port_number,
    require_disk_space,
    require_free_port,
    require_writable_folder,
)
from cms.serving.one_process import claim

DATA_MEGABYTES = 100
ALREADY_PREPARED = "--prepared"


def main() -> None:
    """Serve until stopped; an obstacle ends it with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
    try:
        port = port_number(os.environ.get("PORT") or "8000")
        host = os.environ.get("HOST") or "127.0.0.1"
        require_free_port(host, port)
        prepare()
        serve(host, port)
    except Obstacle as obstacle:
        sys.exit(str(obstacle))
    except KeyboardInterrupt:
        sys.exit(130)


def prepare() -> None:
    """Configure Django, claim the data folder and do what is left to do."""
    from cms.settings import environment

    folder = Path(environment.env("DATA_DIR")).expanduser().resolve()
    require_writable_folder(folder, "DATA_DIR")
    require_disk_space(folder, DATA_MEGABYTES)
    with told_as_obstacles(folder):
        # Before Django reads the catalogues.
        compile_catalogues()
        django.setup()
        from django.conf import settings

        if settings.SEARCH_ENGINE == "embedded":
            claim(folder)
        _prepare_in_a_process_of_its_own()


def _prepare_in_a_process_of_its_own() -> None:
    """Leave no thread, connection or open index behind in the process that will fork the web worker."""
    from django.db import connections

    from cms.serving.preparation import is_prepared

    try:
        prepared = is_prepared()
    finally:
        connections.close_all()
    if not prepared and ALREADY_PREPARED not in sys.argv:
        print("Preparing the site", flush=True)
        if code := subprocess.run([sys.executable, "manage.py", "prepare_site"], check=False).returncode:
            # It has said why.
            sys.exit(code)
        # What this process read before, like the list of static files, is out of date.
        os.execv(sys.executable, [sys.executable, "-m", "cms.serving", ALREADY_PREPARED])


def serve(host: str, port: int) -> None:
    """One gunicorn worker process with threads; it loads the site after the fork."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{host}:{port}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": 8,
                # Long addresses get the site's own page; gunicorn still stops at one megabyte.
                "limit_request_line": 0,
                "loglevel": "warning",
                "post_worker_init": lambda worker: print(
                    f"The library is open: http://{host}:{port}/  (editors: http://{host}:{port}/admin/)\n"
                    "Stop it with Ctrl+C.",
                    flush=True,
                ),
            }.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from cms.wsgi import application

            return application

    Server().run()


if __name__ == "__main__":
    main()
