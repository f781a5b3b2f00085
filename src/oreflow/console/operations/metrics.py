"""Figures for Prometheus: requests, queries, tasks, imports, cases, failed sign-ins. A registry of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

REGISTRY = CollectorRegistry(auto_describe=False)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS = Counter(
    "oreflow_requests", "Requests by view, method and class of status", ["view", "method", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "oreflow_request_seconds", "Seconds until the answer", ["view"], registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)  # fmt: skip
QUERIES = Histogram(
    "oreflow_request_queries", "Database statements of a request", ["view"], registry=REGISTRY,
    buckets=(0, 1, 2, 5, 10, 20, 50, 100),
)  # fmt: skip
SIGN_IN_FAILURES = Counter("oreflow_sign_in_failures", "Sign-ins that failed", registry=REGISTRY)


def observe(view: str, method: str, status: int, seconds: float, queries: int) -> None:
    """Count one answered request."""
    REQUESTS.labels(view, method if method in METHODS else "other", f"{status // 100}xx").inc()
    SECONDS.labels(view).observe(seconds)
    QUERIES.labels(view).observe(queries)


def count_failed_sign_in(**_signal: Any) -> None:
    """Receiver of Django's signal."""
    SIGN_IN_FAILURES.inc()


class Stored(Collector):
    """Figures that stand in the database, counted when somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Tasks, imports and cases by their state."""
        from django_tasks_db.models import DBTaskResult

        from oreflow.console.cases.models import CaseFile
        from oreflow.console.registers.models import ImportRun

        cases = CaseFile.objects.filter(closed_at__isnull=True)
        yield _gauge("oreflow_tasks", "Tasks by status", "status", DBTaskResult.objects.all())
        yield _gauge("oreflow_imports", "Imports by state", "state", ImportRun.objects.all())
        yield _gauge("oreflow_open_cases", "Open cases by urgency", "urgency", cases)


def _gauge(name: str, help_text: str, column: str, rows: Any) -> GaugeMetricFamily:
    from django.db.models import Count

    family = GaugeMetricFamily(name, help_text, labels=[column])
    counted: Iterable[tuple[str, int]] = rows.order_by().values_list(column).annotate(n=Count("pk"))
    for value, count in counted:
        family.add_metric([value], count)
    return family


REGISTRY.register(Stored())


def exposition() -> bytes:
    """The text that Prometheus reads."""
    return generate_latest(REGISTRY)
