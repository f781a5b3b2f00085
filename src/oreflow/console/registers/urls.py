"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from .views import attachments, fields, history, lists, records, writing

urlpatterns = [
    path("", lists.registers, name="registers"),
    path("fields/", fields.fields, name="fields"),
    path("confirm/", fields.confirm, name="confirm"),
    path("confirm/<int:record_id>/", fields.confirmed, name="confirmed"),
    path("<slug:key>/", lists.register, name="register"),
    path("<slug:key>/new", writing.new, name="register-new"),
    path("<slug:key>/attributes", writing.attributes, name="register-attributes"),
    path("<slug:key>/<int:record_id>/", records.record, name="record"),
    path("<slug:key>/<int:record_id>/edit", writing.edit, name="record-edit"),
    path("<slug:key>/<int:record_id>/end", writing.end, name="record-end"),
    path("<slug:key>/<int:record_id>/history", history.history, name="record-history"),
    path("<slug:key>/<int:record_id>/history/<int:history_id>", history.restore, name="record-restore"),
    path("<slug:key>/<int:record_id>/files", attachments.attach, name="record-attach"),
    path("<slug:key>/<int:record_id>/files/<int:attachment_id>", attachments.file, name="record-file"),
    path("<slug:key>/<int:record_id>/files/<int:attachment_id>/remove", attachments.remove, name="record-file-remove"),
]
