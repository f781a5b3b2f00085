"""What answers and refusals say, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from oreflow.core.provenance import Text

from .model import Fact, Lack
from .question import Asked


def supported_by(passages: int, documents: int) -> Text:
    """How much supports an answer."""
    return Text(
        f"{documents} 份文件中有 {passages} 处支持。",
        f"{_count(passages, 'passage')} in {_count(documents, 'document')} "
        f"{'supports' if passages == 1 else 'support'} an answer.",
    )


def why(matched: Sequence[str], asked: Asked, facts: Sequence[Fact]) -> Text:
    """What of the question a passage has."""
    terms = list(matched) + [p.name for p in asked.places]
    zh, en = f"含 {'、'.join(terms)}", f"has {', '.join(terms)}"
    years = sorted({f.year for f in facts if f.year in asked.years and f.year is not None})
    if years:
        zh, en = f"{zh}；{'、'.join(map(str, years))} 年", f"{en}; {', '.join(map(str, years))}"
    return Text(zh, en)


def reason_for(lack: Lack, missing: Sequence[str], asked: Asked | None) -> Text:
    """Why nothing supports an answer."""
    zh, en = "、".join(missing), ", ".join(missing)
    terms = [c.word for c in asked.concepts if c.word not in missing] if asked else []
    about_zh, about_en = "、".join(terms[:4]), ", ".join(terms[:4])
    match lack:
        case Lack.NOTHING_HELD:
            return Text("没有可查的文件。", "No document is held that could be asked.")
        case Lack.NO_QUESTION:
            return Text("问题中没有可查的词。", "The question has no term to look for.")
        case Lack.UNKNOWN_TERM:
            return Text(f"所存文件没有提到“{zh}”。", f"The held documents say nothing of “{en}”.")
        case Lack.PLACE:
            return Text(
                f"所存文件中没有关于{zh}的“{about_zh}”。",
                f"The held documents say nothing of “{about_en}” for {en}.",
            )
        case Lack.YEAR:
            return Text(
                f"所存文件谈到“{about_zh}”，但没有 {zh} 年的内容。",
                f"The held documents speak of “{about_en}”, but not for {en}.",
            )
        case Lack.FIGURE:
            return Text(
                f"所存文件谈到“{about_zh}”，但没有给出数字。",
                f"The held documents speak of “{about_en}”, but give no figure.",
            )
    if not missing:
        return Text(
            f"所存文件分别提到“{about_zh}”，但没有一处合起来回答这个问题。",
            f"The held documents mention “{about_en}”, but nowhere together in a way that answers the question.",
        )
    return Text(
        f"谈到“{about_zh or zh}”的地方没有提到“{zh}”。",
        f"Where the held documents speak of “{about_en or en}”, they say nothing of “{en}”.",
    )


def help_for(lack: Lack, missing: Sequence[str], years: Sequence[str]) -> Text:
    """What would help."""
    zh, en = "、".join(missing), ", ".join(missing)
    match lack:
        case Lack.NOTHING_HELD:
            return Text("请先存入文件，或放宽文件筛选。", "Hand in a document first, or widen the choice of documents.")
        case Lack.NO_QUESTION:
            return Text(
                "请写出要查的对象，例如产品、园区、指标和年份。",
                "Name what you look for: a product, a park, an indicator, a year.",
            )
        case Lack.UNKNOWN_TERM:
            return Text(
                f"请换一种说法代替“{zh}”，或存入谈到它的文件。",
                f"Say “{en}” in other words, or hand in a document that speaks of it.",
            )
        case Lack.PLACE:
            return Text(f"请存入{zh}的文件，或去掉地名再问。", f"Hand in a document of {en}, or ask without the place.")
        case Lack.YEAR:
            known = "、".join(years[-6:])
            return Text(
                f"请换一个年份{f'（文件中有 {known}）' if known else ''}，或存入该年份的文件。",
                "Ask for another year"
                + (f" (the documents have {', '.join(years[-6:])})" if known else "")
                + ", or hand in a document for that year.",
            )
        case Lack.FIGURE:
            return Text("下面是最接近的段落，供核对。", "The nearest passages stand below, for you to check.")
    return Text("请换一种说法，或看看下面最接近的段落。", "Ask in other words, or look at the nearest passages below.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
