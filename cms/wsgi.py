"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from cms.serving import refusals  # noqa: E402

refusals.install()

if settings.SEARCH_ENGINE == "embedded":
    from cms.serving import embedded

    embedded.begin()
else:
    from search.engines.elasticsearch.start import tell_of_trouble

    tell_of_trouble()

from search import warming  # noqa: E402

warming.start_thread()
