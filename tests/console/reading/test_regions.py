"""What was accepted stands in the region: its targets, a new conflict among its checks, its pack; for those who may."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from oreflow.console.reading import actions, packs, regions
from oreflow.console.refusals import Refused
from oreflow.console.regions import access
from oreflow.console.registers.plan_models import PlanTarget
from oreflow.core.provenance import FindingClass
from oreflow.core.region import Region
from oreflow.gateway import load_pack, region_hash

from ..world import World
from .desk import figure, hand_in

CONFLICTING = """攀枝花市示例产业发展规划（2021—2025年）

第二章 发展目标

到2025年，全市工业园区钛白粉产能达到100万吨，规上工业增加值年均增长7%，示例渣产量达到12.5万吨。
"""


def test_the_check_of_the_region_names_a_new_conflict(world: World, region: Region) -> None:
    viewer, document = world.viewer("decider"), hand_in(world, text=CONFLICTING)
    before = access.findings(region)
    item = figure(document, "钛白粉产能")
    actions.accept(viewer, item.pk, item.version, target={"area": "panzhihua-parks"})
    seen = access.region("panxi", viewer)
    assert seen.hash == region_hash(seen) != region.hash
    assert len(seen.targets) == len(region.targets) + 1
    new = [f for f in access.findings(seen) if f.code not in {g.code for g in before}]
    assert [(f.check, f.kind) for f in new] == [("repeated", FindingClass.CONFLICT)]
    assert access.findings(region) == before


def test_pages_show_it_with_the_way_to_the_desk_to_those_who_may_see_it(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world, text=CONFLICTING)
    item = figure(document, "钛白粉产能")
    done = actions.accept(viewer, item.pk, item.version, target={"area": "panzhihua-parks"})
    cell = f"titania.panzhihua-parks.2025.r{done.record_id}"
    at = {name: reverse(name, kwargs={"region_id": "panxi"}) for name in ("targets", "checks")}
    one = reverse("target-origin", kwargs={"region_id": "panxi", "target_id": cell})
    source = reverse("source", kwargs={"region_id": "panxi", "document_id": f"held-{document.pk}"})
    for person, sees in {"decider": True, "provincial": True, "stranger": False, "clerk": False}.items():
        client = world.client(person)
        assert (cell in client.get(at["targets"], {"q": cell, "format": "csv"}).content.decode()) is sees, person
        assert (cell in client.get(at["checks"], {"q": cell, "format": "csv"}).content.decode()) is sees, person
        assert client.get(one).status_code == (200 if sees else 404), person
        assert client.get(source, {"lines": "5"}).status_code == (200 if sees else 404), person
    page = world.client("decider").get(one).content.decode()
    assert f"{reverse('document', args=(document.pk,))}?item={item.pk}" in page
    assert "钛白粉产能达到100万吨" in world.client("decider").get(source, {"lines": "5"}).content.decode()


def test_anonymous_readers_see_the_pack_alone(world: World, en: object) -> None:
    document = hand_in(world, text=CONFLICTING, public=True)
    viewer, item = world.viewer("decider"), figure(document, "钛白粉产能")
    done = actions.accept(viewer, item.pk, item.version)
    cell = f"{PlanTarget.objects.get(pk=done.record_id).area}.2025.r{done.record_id}"
    at = f"{reverse('targets', kwargs={'region_id': 'panxi'})}?q={cell}&format=csv"
    assert cell not in en.get(at).content.decode()  # type: ignore[attr-defined]
    assert cell in world.client("far").get(at).content.decode()
    actions.reopen(viewer, item.pk, done.version)
    assert cell not in world.client("far").get(at).content.decode()


def test_the_region_is_built_once_for_the_same_records(world: World, region: Region) -> None:
    viewer, document = world.viewer("decider"), hand_in(world, text=CONFLICTING)
    item = figure(document, "钛白粉产能")
    done = actions.accept(viewer, item.pk, item.version)
    first = regions.seen(region, viewer)
    assert regions.seen(region, world.viewer("provincial")) is first
    actions.accept(viewer, item.pk, done.version, target={"value": "101"})
    assert regions.seen(region, viewer) is not first


def test_a_new_indicator_and_area_enter_the_region(world: World) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    actions.accept_many(viewer, document.pk, kind="statement", at_least=0)
    seen = access.region("panxi", viewer)
    area = next(a for a in seen.areas.values() if a.name.zh == "示例市")
    mine = [t for t in seen.targets.values() if t.area == area.id]
    assert {seen.indicators[t.indicator].name.zh for t in mine} >= {"海绵钛", "钒渣产量"}
    grown = next(t for t in mine if t.indicator == "value-added-growth")
    assert (grown.form, grown.from_year, grown.value.value) == ("average-growth", 2020, grown.value.value)  # type: ignore[union-attr]
    assert {f.year for f in seen.figures.values() if f.area == area.id} == {2020}


def unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
        return folder / archive.namelist()[0].split("/")[0]


@pytest.mark.parametrize("whole", [True, False])
def test_a_pack_comes_back_as_it_was(world: World, tmp_path: Path, whole: bool) -> None:
    viewer, document = world.viewer("decider"), hand_in(world)
    actions.accept_many(viewer, document.pk, kind="statement", at_least=0)
    given = None if whole else document
    wanted = packs.region_of(viewer, "panxi", given)
    data = packs.export_pack(viewer, "panxi", given)
    loaded = load_pack(unpacked(data, tmp_path))
    assert loaded.hash == wanted.hash == region_hash(loaded)
    assert (loaded.targets, loaded.figures) == (wanted.targets, wanted.figures)
    assert (loaded.documents, loaded.areas, loaded.indicators) == (wanted.documents, wanted.areas, wanted.indicators)
    assert data == packs.export_pack(viewer, "panxi", given)


def test_nothing_accepted_is_nothing_to_export(world: World) -> None:
    document = hand_in(world)
    with pytest.raises(Refused):
        packs.export_pack(world.viewer("decider"), "panxi", document)
