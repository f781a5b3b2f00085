"""The data interface: one object for every desk, with signing in, limits and errors in one place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from oreflow import __version__
from oreflow.core.chain import ChainError, UnknownMaterial, UnknownYear

from .api_ground import Interface, problem
from .cases.api import router as cases
from .knowledge.api import router as questions
from .operations.api import router as operations
from .people.api import router as people
from .people.api_changes import router as changes
from .reading.api import router as documents
from .regions.api import router as regions
from .registers.api import router as registers
from .registers.api_confirmations import router as confirmations
from .registers.api_imports import router as imports

api = Interface(
    title="Oreflow",
    version=__version__,
    description=(
        "Regions, registers, cases, people and operations. Regions are open and read-only; everything else needs a"
        " token or a signed-in browser. Exact numbers are strings."
    ),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)


@api.exception_handler(ChainError)
def _chain(_request: HttpRequest, error: ChainError) -> HttpResponse:
    status = 404 if isinstance(error, UnknownMaterial | UnknownYear) else 422
    return problem(status, error.code, error.text)


api.add_router("", regions, auth=None)
for _desk in (registers, imports, confirmations, cases, people, changes, documents, questions, operations):
    api.add_router("", _desk)
