"""Addresses of imports, templates and exports."""

from __future__ import annotations

from django.urls import path

from . import views_import as views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:run_id>/", views.show, name="import"),
    path("imports/<int:run_id>/progress", views.progress, name="import-progress"),
    path("imports/<int:run_id>/write", views.write, name="import-write"),
    path("imports/<int:run_id>/again", views.again, name="import-again"),
    path("imports/<int:run_id>/discard", views.discard, name="import-discard"),
    path("imports/<int:run_id>/errors.xlsx", views.errors, name="import-errors"),
    path("registers/<slug:key>/import/", views.upload, name="register-import"),
    path("registers/<slug:key>/template.xlsx", views.template, name="register-template"),
    path("registers/<slug:key>/export.csv", views.export, {"form": "csv"}, name="register-export-csv"),
    path("registers/<slug:key>/export.xlsx", views.export, {"form": "xlsx"}, name="register-export-xlsx"),
]
