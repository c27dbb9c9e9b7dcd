"""Health for load balancers: alive, and ready to answer readers.

The cache is no part of readiness: without it pages are slower, not wrong. The search engine is none either:
without it readers get degraded results.
"""

from collections.abc import Callable

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def live(request):
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request):
    """200 when the database answers and is migrated; else 503 with what is missing."""
    problems = readiness_problems()
    return JsonResponse(
        {"status": "ok" if not problems else "not ready", "problems": problems}, status=503 if problems else 200
    )


class HealthMiddleware:
    """Answers before anything is asked of the request: who looks after a process need not know the name of the site."""

    views = {"/health/live": live, "/health/ready": ready}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.views.get(request.path_info, self._get_response)(request)


def readiness_problems() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return ["The database does not answer. Check DATABASE_URL and that the server runs."]
    return ["Migrations are missing. Run: python manage.py migrate"] if pending else []
