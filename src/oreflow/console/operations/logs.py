"""The log: plain or JSON lines that say which request, person and organisation, and never a secret."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

MASK = "•••"
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_context: ContextVar[Mapping[str, Any]] = ContextVar("log_context", default=_NOTHING)
_NAMES = r"(?:[\w-]*(?:password|passwd|secret|token|api[_-]?key|otp|csrf)[\w-]*|authorization|sessionid)"
_PATTERNS = (
    (re.compile(r"(?i)\b((?:set-)?cookie[\"']?\s*[:=]\s*)[^\r\n]+"), rf"\1{MASK}"),
    (re.compile(r"(?i)\b(bearer|basic|token)\s+[\w.~+/=-]{8,}"), rf"\1 {MASK}"),
    (re.compile(rf"(?i)([\"']?{_NAMES}[\"']?\s*[:=]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&\"'}})\]]+)"), rf"\1{MASK}"),
    (re.compile(r"(?i)\b(oreflow_(?:session|csrf))=[^;\s]+"), rf"\1={MASK}"),
    (re.compile(r"(?i)otpauth://\S+"), f"otpauth://{MASK}"),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^\s:/@]+):[^\s@]+@"), rf"\1:{MASK}@"),
)


def start(**values: Any) -> None:
    """What the lines of this request, or of this turn of a worker, say; what was said before is forgotten."""
    _context.set(values)


class Told(logging.Filter):
    """Puts request, person and organisation on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        said = _context.get()
        viewer = getattr(said.get("request"), "viewer", None)
        record.request_id = said.get("request_id", "")
        record.user_id = getattr(getattr(viewer, "user", None), "pk", None) or ""
        record.organisation_id = getattr(getattr(viewer, "organisation", None), "pk", None) or ""
        return True


class Masking:
    """Takes secrets out of a finished line: the ones that are set, and whatever stands behind a telling name."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self.secrets = [s for s in secrets if s]

    def __call__(self, line: str) -> str:
        for secret in self.secrets:
            line = line.replace(secret, MASK)
        for pattern, instead in _PATTERNS:
            line = pattern.sub(instead, line)
        return line


class PlainLines(logging.Formatter):
    """`time level logger [request user organisation] message`."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s [%(request_id)s %(user_id)s %(organisation_id)s] %(message)s"
        )
        self.masked = Masking(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        return self.masked(super().format(record))


def json_lines(secrets: Iterable[str] = ()) -> logging.Formatter:
    """One JSON object a line."""
    from pythonjsonlogger.json import JsonFormatter

    masked = Masking(secrets)

    class JsonLines(JsonFormatter):
        def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
            return {k: _plain(v, masked) for k, v in super().process_log_record(log_data).items()}

    return JsonLines(
        "{asctime}{levelname}{name}{request_id}{user_id}{organisation_id}{message}",
        style="{",
        json_ensure_ascii=False,
        rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
    )


def _plain(value: Any, masked: Masking) -> Any:
    """A value as JSON keeps it; what is neither number nor yes or no is told in words, and masked."""
    return value if isinstance(value, int | float | None) else masked(str(value))


def configuration(form: str, level: str, secrets: Iterable[str]) -> dict[str, Any]:
    """Django's LOGGING for a form (plain, json) and a level."""
    secrets = list(secrets)
    factory = json_lines if form == "json" else PlainLines
    quiet = {"handlers": ["stderr"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"told": {"()": Told}},
        "formatters": {"lines": {"()": factory, "secrets": secrets}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["told"], "formatter": "lines"}},
        "loggers": {
            "oreflow": {"level": level.upper(), **quiet},
            "django_tasks": {"level": "WARNING", **quiet},
            "django_tasks_db": {"level": "WARNING", **quiet},
            "waitress": {"level": "WARNING", **quiet},
            "django.request": {"level": "ERROR", **quiet},
            "waitress.queue": {"handlers": [], "level": "ERROR", "propagate": False},
            "django.security": {"level": "CRITICAL", **quiet},
        },
    }
