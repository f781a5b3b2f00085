"""Cut, flipped and spliced files: a text or a refusal with its way out, never anything else."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oreflow.gateway.documents import DocumentError, DocumentLimits, HeldText, read_document, read_path
from oreflow.gateway.documents.child import told
from oreflow.gateway.documents.sniffing import format_of

from .plan import Plan

MADE: dict[str, Callable[[], bytes]] = {
    "docx": Plan().docx, "html": Plan().html, "xlsx": Plan().xlsx, "pdf": Plan().pdf, "txt": Plan().txt,
}  # fmt: skip


@lru_cache
def made(kind: str) -> bytes:
    return MADE[kind]()


def spoilt(data: bytes, flips: list[tuple[float, int]], cut: float) -> bytes:
    out = bytearray(data)
    for place, bits in flips:
        out[int(place * (len(out) - 1))] ^= bits
    return bytes(out[: int(cut * len(out))] if cut < 1 else out)


FLIPS = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), max_size=12)
CUTS = st.one_of(st.just(1.0), st.floats(0, 1))


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(flips=FLIPS, cut=CUTS)
def test_spoilt_files_in_this_process(kind: str, flips: list[tuple[float, int]], cut: float) -> None:
    data = spoilt(made(kind), flips, cut)
    try:
        found = format_of(f"a.{kind}", data)
    except DocumentError as error:
        assert error.remedy.en  # noqa: PT017 - either end is right
        return
    answer: dict[str, Any] = {"text": ""} if found == "txt" else told(found, data, DocumentLimits())
    assert "text" in answer or DocumentError(answer["code"], **answer["facts"]).remedy.zh


def outcome(name: str, data: bytes) -> HeldText | DocumentError:
    try:
        return read_document(name, data, limits=DocumentLimits(seconds=20))
    except DocumentError as error:
        return error


@pytest.mark.parametrize("seed", [*range(5), *(pytest.param(s, marks=pytest.mark.slow) for s in range(5, 16))])
def test_spoilt_pdf_files(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same files for everybody
    flips = [(chance.random(), chance.randrange(1, 256)) for _ in range(chance.randrange(1, 40))]
    data = spoilt(made("pdf"), flips, 1.0 if seed % 3 else chance.random())
    result = outcome("a.pdf", data)
    if isinstance(result, DocumentError):
        assert result.code.startswith(("document-", "pdf-"))
        assert result.code != "document-slow"
    else:
        assert all(0 <= p.start < p.end <= len(result.text) for p in result.places)


@pytest.mark.parametrize("a", ["docx", "xlsx", "pdf", "html", "txt"])
def test_files_under_a_wrong_name_and_spliced(a: str) -> None:
    held = read_document("示例.wrong", made(a))
    assert held.format == a
    for b in ("pdf", "docx", "txt"):
        half = made(a)[: len(made(a)) // 2] + made(b)[len(made(b)) // 2 :]
        result = outcome("a.bin", half)
        assert isinstance(result, HeldText) or result.remedy.zh


def test_a_long_line_and_many_lines() -> None:
    started = time.monotonic()
    held = read_document("a.txt", ("到2025年产能达到600万吨，" * 700_000).encode())
    assert len(held.places) == 1
    many = read_document("a.txt", b"x\n" * 500_000)
    assert many.places[-1].line == 500_000
    assert time.monotonic() - started < 60


def test_only_regular_files_are_read(tmp_path: Any) -> None:
    import os

    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, tmp_path / "none.txt", tmp_path / "nul\0.txt"):
        with pytest.raises(DocumentError) as caught:
            read_path(path)
        assert caught.value.code == "document-unreadable"
    good = tmp_path / "好.txt"
    good.write_bytes(made("txt"))
    assert read_path(str(good)).name == "好"
    with pytest.raises(DocumentError) as caught:
        read_path(good, limits=DocumentLimits(file_bytes=10))
    assert caught.value.code == "document-too-large"


def test_a_reader_that_hangs_or_breaks_off_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A reader is replaced in its process by one that never ends, then by one that breaks off."""
    from oreflow.gateway.documents import isolation

    (tmp_path / "slow.py").write_text("import time\ntime.sleep(60)\n")
    (tmp_path / "gone.py").write_text("import os\nos.abort()\n")
    (tmp_path / "full.py").write_text("raise MemoryError\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(isolation, "_START", 0.5)
    for module, code in (("slow", "document-slow"), ("gone", "document-failed"), ("full", "document-heavy")):
        monkeypatch.setattr(isolation, "_MODULE", module)
        with pytest.raises(DocumentError) as caught:
            read_document("a.pdf", made("pdf"), limits=DocumentLimits(seconds=1))
        assert caught.value.code == code
