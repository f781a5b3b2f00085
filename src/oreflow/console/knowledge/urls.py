"""Addresses of questions."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("ask", views.page, name="ask")]
