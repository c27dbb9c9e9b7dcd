"""Addresses of the JSON API, under /api/v1/. It only reads, so other methods get a 405 rather than a form's answer."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from search import api

app_name = "search"
urlpatterns = [
    path("search", csrf_exempt(api.search_view), name="search"),
    path("complete", csrf_exempt(api.complete_view), name="complete"),
    path("openapi.json", csrf_exempt(api.openapi_view), name="openapi"),
    path("works/<slug:key>", csrf_exempt(api.work_view), name="work"),
]
