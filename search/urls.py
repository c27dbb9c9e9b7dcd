"""Addresses of the JSON API, under /api/v1/."""

from django.urls import path, re_path

from search import api

app_name = "search"
urlpatterns = [
    path("search", api.search_view, name="search"),
    path("complete", api.complete_view, name="complete"),
    path("openapi.json", api.openapi_view, name="openapi"),
    path("works/<str:key>", api.work_view, name="work"),
    re_path("", api.unknown_view),
]
