"""Addresses of the console."""

from __future__ import annotations

from django.urls import include, path

from . import find, views
from .api import api
from .regions import reference

urlpatterns = [
    path("", views.home, name="home"),
    path("search", find.page, name="find"),
    path("help", views.help_page, name="help"),
    path("about", views.about, name="about"),
    path("preferences", views.preferences, name="preferences"),
    path("api/docs", reference.page, name="api-docs"),
    path("api/", api.urls),
    path("", include("oreflow.console.people.urls")),
    path("", include("oreflow.console.registers.urls_import")),
    path("registers/", include("oreflow.console.registers.urls")),
    path("", include("oreflow.console.cases.urls")),
    path("", include("oreflow.console.operations.urls")),
    path("", include("oreflow.console.reading.urls")),
    path("", include("oreflow.console.knowledge.urls")),
    path("r/<slug:region_id>/", include("oreflow.console.regions.urls")),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
