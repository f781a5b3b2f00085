"""Addresses under /r/<region>/."""

from __future__ import annotations

from django.urls import path

from .views import chain, first, library, origins, registers, reports, sources

urlpatterns = [
    path("", first.page, name="first"),
    path("answer", first.answer, name="answer"),
    path("answer.<str:form>", first.export, name="answer-export"),
    path("report.<str:form>", reports.report, name="report"),
    path("flows.csv", chain.flows_csv, name="flows-csv"),
    path("targets", registers.targets, name="targets"),
    path("targets/<str:target_id>", origins.target, name="target"),
    path("figures", registers.figures, name="figures"),
    path("allotments", registers.allotments, name="allotments"),
    path("checks", registers.checks, name="checks"),
    path("checks/<str:code>", origins.finding, name="finding"),
    path("chain", chain.page, name="chain"),
    path("chain/balances.<str:form>", chain.export, name="balances-export"),
    path("library", library.materials, name="library"),
    path("library/processes", library.processes, name="processes"),
    path("library/doubtful", library.doubtful, name="doubtful"),
    path("library/materials/<str:material_id>", library.material, name="material"),
    path("library/processes/<str:process_id>", library.process, name="process"),
    path("source", sources.index, name="sources"),
    path("source/<str:document_id>", sources.document, name="source"),
    path("origin/figure/<str:figure_id>", origins.figure, name="figure"),
    path("origin/target/<str:target_id>", origins.target, name="target-origin"),
    path("origin/answer/<str:comparison_id>", origins.answer, name="answer-origin"),
    path("origin/balance/<str:material_id>", origins.balance, name="balance"),
    path("origin/burden/<str:burden>", origins.burden, name="burden"),
    path("search", registers.search, name="search"),
]
