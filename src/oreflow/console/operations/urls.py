"""Addresses of operations."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("metrics", views.figures, name="metrics"),
    path("operations/", views.overview, name="operations"),
    path("operations/tasks/<uuid:task_id>", views.task, name="operations-task"),
    path("operations/tasks/<uuid:task_id>/retry", views.retry, name="operations-retry"),
    path("operations/calendar/look", views.look_at_calendar, name="operations-calendar-look"),
    path("operations/calendar", views.store_calendar, name="operations-calendar"),
]
