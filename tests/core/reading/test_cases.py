"""Made-up documents of many kinds and decades: the floors that the reading of statements keeps on them."""

from __future__ import annotations

import pytest

from .scoring import Score, case, names, plain, score

NAMES = names()


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return {name: score(*case(name)) for name in NAMES}


def test_there_are_enough() -> None:
    assert len(NAMES) >= 29
    assert sum(not row.get("optional") for name in NAMES for row in case(name)[1]) >= 1100


@pytest.mark.parametrize("name", NAMES)
def test_annotations_point_at_their_words(name: str) -> None:
    text, gold = case(name)
    for row in gold:
        assert "".join(text[row["start"] : row["end"]].split()) == row["quote"]
        assert plain(row)[0]


@pytest.mark.parametrize("name", NAMES)
def test_each_document(scores: dict[str, Score], name: str) -> None:
    found = scores[name]
    assert found.f1() >= 95, (found.missed, found.spurious)
    assert found.f1(found.four) >= 91
    assert found.f1(found.six) >= 75


def test_all_documents(scores: dict[str, Score]) -> None:
    total = sum(scores.values(), Score())
    assert total.f1() >= 99
    assert total.f1(total.four) >= 97.5
    assert total.f1(total.six) >= 90
    for key, least in {"comparator": 99, "year": 98, "kind": 98, "bound": 99, "subject": 92, "scope": 86}.items():
        assert 100 * total.fields[key] >= least * total.right, key


def test_the_scorer_counts_faults() -> None:
    text = "到2025年，产值达到30亿元。"
    row = {"quote": "30亿元", "subject": "产值", "scope": "全国", "comparator": "=", "unit": "亿元", "kind": "target",
           "start": text.index("30"), "end": text.index("。"), "year": 2025}  # fmt: skip
    assert score(text, [{**row, "value": 30}]).f1() == 100
    assert score(text, [{**row, "value": 31}]).f1() == 0
    assert score(text, []).spurious == ["30亿元"]
    other = score(text, [{**row, "value": 30, "year": 2030}])
    assert (other.right, other.four) == (1, 0)
    assert score(text, [{**row, "value": 31, "optional": True}]).spurious == []
