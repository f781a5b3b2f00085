"""Addresses of the console's pages, and what readers see of a page."""

from __future__ import annotations

from html.parser import HTMLParser

HOME = "/r/panxi/"
PAGES = (
    "",
    "?share=tio2_sulfate:0.3&utilisation=0.9&buy=v_slag:200000",
    "targets",
    "targets?form=floor",
    "targets?q=no-such-thing",
    "targets/titania.panzhihua-parks.2025",
    "figures",
    "figures?unit=unit",
    "allotments",
    "checks",
    "checks?class=holds",
    "checks?all=1",
    "chain",
    "chain?group=titania",
    "library",
    "library/processes",
    "library/doubtful",
    "library/materials/h2so4",
    "library/processes/tio2_sulfate",
    "source",
    "source/panzhihua-parks-2021",
    "source/panzhihua-parks-2021?lines=781-783",
    "source/panzhihua-parks-2021?lines=nonsense",
    "origin/figure/firms.dongqu.2020",
    "origin/target/titania.panzhihua-parks.2025",
    "origin/answer/acid",
    "origin/answer/v-slag",
    "origin/balance/cl2",
    "origin/burden/electricity",
    "search",
    "search?q=2025",
)
FRAME = ("/help", "/about", "/api/docs")
ALL = tuple(f"{HOME}{page}" for page in PAGES) + FRAME


class _Words(HTMLParser):
    """Text that readers see or hear, outside scripts and outside parts marked as another language."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "use", "rect", "line"})
    SPOKEN = ("title", "aria-label", "placeholder", "alt")

    def __init__(self, skipped_language: str) -> None:
        super().__init__()
        self.skipped_language = skipped_language
        self.depth = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if self.depth or tag in ("script", "code") or found.get("lang", "") == self.skipped_language:
            self.depth += tag not in self.VOID
            return
        self.words += [found[name] or "" for name in self.SPOKEN if name in found]

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in self.VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.words.append(data)


def words_of(page: bytes, *, but: str = "") -> str:
    """What a page says, without parts in the language `but` (quotations of the plan)."""
    parser = _Words(but)
    parser.feed(page.decode())
    return " ".join(" ".join(parser.words).split())
