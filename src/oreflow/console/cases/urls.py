"""Addresses of cases, letters and notices."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/edit", views.edit, name="case-edit"),
    path("cases/<int:case_id>/steps/<slug:step_id>", views.step, name="case-step"),
    path("cases/<int:case_id>/attachments", views.attach, name="case-attach"),
    path("cases/<int:case_id>/attachments/<int:attachment_id>", views.attachment, name="case-attachment"),
    path("cases/<int:case_id>/attachments/<int:attachment_id>/remove", views.detach, name="case-detach"),
    path("letters/<int:letter_id>/", views.letter, name="letter"),
    path("letters/<int:letter_id>.pdf", views.letter_pdf, name="letter-pdf"),
    path("notices/seen", views.notices_seen, name="notices-seen"),
]
