"""Addresses of the reading desk."""

from __future__ import annotations

from django.urls import path

from .views import comparing, deciding, desk, downloads, lists

urlpatterns = [
    path("documents/", lists.documents, name="documents"),
    path("documents/<int:document_id>/", desk.document, name="document"),
    path("documents/<int:document_id>/progress", desk.progress, name="document-progress"),
    path("documents/<int:document_id>/again", desk.again, name="document-again"),
    path("documents/<int:document_id>/publish", desk.publish, name="document-publish"),
    path("documents/<int:document_id>/withdraw", desk.withdraw, name="document-withdraw"),
    path("documents/<int:document_id>/accept-many", deciding.accept_many, name="document-accept-many"),
    path("documents/<int:document_id>/undo", deciding.undo, name="document-undo"),
    path("documents/<int:document_id>/add", deciding.add, name="document-add"),
    path("documents/<int:document_id>/merge", deciding.merge, name="document-merge"),
    path("documents/<int:document_id>/carry-over", deciding.carry_over, name="document-carry-over"),
    path("documents/<int:document_id>/items/<int:item_id>/", desk.item, name="document-item"),
    path("documents/<int:document_id>/items/<int:item_id>/<slug:act>", deciding.decide, name="document-decide"),
    path("documents/<int:document_id>/diff/<int:other_id>/", comparing.diff, name="document-diff"),
    path("documents/<int:document_id>/checks/", comparing.checks, name="document-checks"),
    path("documents/<int:document_id>/export.<slug:form>", downloads.export, name="document-export"),
    path("documents/<int:document_id>/pack.zip", downloads.pack, name="document-pack"),
    path("documents/<int:document_id>/file", downloads.file, name="document-file"),
]
