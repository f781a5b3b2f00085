"""Slider state: a link reproduces it, and what cannot be read is named, not guessed."""

from __future__ import annotations

import pytest
from django.http import Http404, QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from oreflow.console.regions.forms import setting_of
from oreflow.core.chain import Scenario
from oreflow.core.region import Region

SHARE = "tio2_sulfate"
BUY = "v_slag"


def test_nothing_asked_is_the_default(region: Region) -> None:
    setting = setting_of(region, QueryDict(""))
    assert setting.scenario == Scenario()
    assert setting.problems == ()
    assert setting.year == 2025


@settings(max_examples=60, deadline=None)
@given(
    share=st.floats(0, 1), run=st.floats(0, 1), bought=st.floats(0, 400_000),
)  # fmt: skip
def test_a_link_gives_the_setting_again(region: Region, share: float, run: float, bought: float) -> None:
    share, run, bought = round(share, 6), round(run, 6), round(bought, 2)
    once = setting_of(region, QueryDict(f"share={SHARE}:{share}&utilisation={run}&buy={BUY}:{bought}"))
    again = setting_of(region, QueryDict(once.query))
    assert again == once
    assert once.problems == ()


@pytest.mark.parametrize(
    ("field", "scenario"),
    [
        (f"s.{SHARE}~pct=30", Scenario(shares={SHARE: 0.3})),
        ("s.utilisation~pct=80", Scenario(utilisation=0.8)),
        (f"s.{BUY}~wan=20", Scenario(purchases={BUY: 200_000})),
        (f"s.{BUY}~kt=200", Scenario(purchases={BUY: 200_000})),
        (f"s.{BUY}~plain=200000", Scenario(purchases={BUY: 200_000})),
        (f"s.{SHARE}~pct=50", Scenario()),
    ],
)
def test_fields_are_read_in_the_reader_s_unit(region: Region, field: str, scenario: Scenario) -> None:
    assert setting_of(region, QueryDict(field)).scenario == scenario


@pytest.mark.parametrize(
    "query",
    [f"share={SHARE}:1.5", f"share={SHARE}:-0.1", "utilisation=2", f"buy={BUY}:-1", "share=no_such:0.5",
     f"share={SHARE}:many", "utilisation=nan", f"buy={BUY}:inf", f"s.{SHARE}~pct=101"],
)  # fmt: skip
def test_what_is_off_the_scale_is_left_out_and_named(region: Region, query: str, en: Client) -> None:
    setting = setting_of(region, QueryDict(query))
    assert setting.scenario == Scenario()
    assert len(setting.problems) == 1
    assert setting.problems[0].zh != setting.problems[0].en
    page = en.get(f"/r/panxi/?{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_a_year_without_a_chain_is_not_there(region: Region) -> None:
    with pytest.raises(Http404):
        setting_of(region, QueryDict("year=1066"))


def test_answer_writes_the_state_into_the_address(en: Client) -> None:
    response = en.get(f"/r/panxi/answer?year=2025&s.{SHARE}~pct=30&s.{BUY}~kt=120")
    assert response.headers["HX-Replace-Url"] == f"/r/panxi/?year=2025&share={SHARE}:0.3&buy={BUY}:120000"
    fragment, page = response.content.decode(), en.get(response.headers["HX-Replace-Url"]).content.decode()
    for part in ("flow-data", "misfits", "tally", "picture-title", f"ticks-{SHARE}"):
        assert f'id="{part}"' in fragment
    figures = [line for line in fragment.splitlines() if "sentence-text" in line]
    assert figures
    assert all(line.strip() in page for line in figures)


def test_moving_the_share_moves_the_numbers(en: Client) -> None:
    low = en.get(f"/r/panxi/answer?share={SHARE}:0.1").content
    high = en.get(f"/r/panxi/answer?share={SHARE}:0.9").content
    assert low != high


def test_slider_works_without_scripts(en: Client) -> None:
    page = en.get(f"/r/panxi/?year=2025&s.{SHARE}~pct=30&s.utilisation~pct=100&s.{BUY}~kt=0").content.decode()
    assert 'value="30"' in page
    assert 'method="get"' in page
