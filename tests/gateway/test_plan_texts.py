"""Plan texts are shown only if they are the very edition that line numbers refer to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from oreflow.core.provenance import Text
from oreflow.core.region import Document
from oreflow.gateway import PlanTextError, load_pack, plan_text

CONTENT = "第一行\n第二行\u2028仍是第二行\n\n第四行\n"


def _document(content: str = CONTENT, sha256: str | None = None) -> Document:
    digest = hashlib.sha256(content.encode()).hexdigest() if sha256 is None else sha256
    return Document("plan", Text("规划", "plan"), Text("市", "city"), None, None, None, 4, digest)


@pytest.mark.parametrize("name", ["plan.txt", "another-name.txt"])
def test_lines_count_from_one(name: str, tmp_path: Path) -> None:
    (tmp_path / "unrelated.txt").write_text("x", encoding="utf-8")
    (tmp_path / name).write_text(CONTENT, encoding="utf-8")
    lines = plan_text(_document(), tmp_path)
    assert len(lines) == 4
    assert lines[3] == "第四行"


@pytest.mark.parametrize(
    ("document", "content", "code"),
    [
        (_document(), CONTENT + "再加一行\n", "plan-text-other-edition"),
        (_document(), None, "plan-text-missing"),
        (_document(sha256=""), CONTENT, "plan-text-unknown"),
    ],
)
def test_other_editions_are_refused(document: Document, content: str | None, code: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "plan.txt").write_text(content, encoding="utf-8")
    with pytest.raises(PlanTextError) as caught:
        plan_text(document, tmp_path)
    assert caught.value.code == code
    assert caught.value.message.zh
    assert caught.value.remedy.en in str(caught.value)
    shown = "".join(t.in_language(x) for t in (caught.value.message, caught.value.remedy) for x in ("zh", "en"))
    assert str(tmp_path) not in shown
    assert (str(tmp_path) in str(caught.value)) == (code != "plan-text-unknown")


def test_a_miss_reads_no_file_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []

    def count(file: Path) -> bytes:
        reads.append(file.name)
        return file.read_bytes()

    monkeypatch.setattr("oreflow.gateway.plan_texts._content", count)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    for _ in range(3):
        with pytest.raises(PlanTextError):
            plan_text(_document(), tmp_path)
    assert reads == ["a.txt", "b.txt"]
    (tmp_path / "b.txt").write_text(CONTENT, encoding="utf-8")
    assert len(plan_text(_document(), tmp_path)) == 4


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanTextError, match="holds no text"):
        plan_text(_document(), tmp_path / "nowhere")


def test_lines_of_the_built_in_plans(shared: Path) -> None:
    documents = [d for d in load_pack("panxi").documents.values() if d.sha256]
    assert documents
    for document in documents:
        assert len(plan_text(document, shared / "plans")) == document.lines
