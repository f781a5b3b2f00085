"""Letters that steps issue: their official texts, and the facts that are frozen on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from oreflow.console.people.models import Organisation
from oreflow.core.provenance import Text
from oreflow.core.workflow import Case, lapse
from oreflow.core.workflow.procedures import ACCEPTOR, APPLICANT, BODY, DECIDER, REVIEWER

from . import changes, parties
from .models import CaseEvent, CaseFile, Letter
from .workdays import calendar


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter: who writes to whom, under which word of number, with which paragraphs.

    `{case}`, `{applicant}`, `{register}`, `{title}`, `{date}`, `{days}`, `{term}`, `{last}`, `{ground}`,
    `{bodies}` are filled from the facts. Letters that `appeal` end with the way to contest them.
    """

    title: Text
    word: str
    issuer: str
    addressee: str
    paragraphs: tuple[Text, ...]
    reasons: Text | None = None
    appeal: bool = False


APPEAL = Text(
    "如不服本决定，可自知道本决定之日起六十日内依法申请行政复议（《中华人民共和国行政复议法》第二十条），"
    "也可自知道本决定之日起六个月内依法向人民法院提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）。",
    "Whoever disagrees with this decision may apply for administrative reconsideration within sixty days of learning"
    " of it (Administrative Reconsideration Law, art. 20), or bring an action before the people's court within six"
    " months of learning of it (Administrative Litigation Law, art. 46).",
)
_ASKED = Text(
    "{applicant}于{date}就{register}“{title}”提出变更申请（案号 {case}）。",
    "{applicant} asked on {date} for a change of “{title}” ({register}), case {case}.",
)
KINDS: Mapping[str, LetterKind] = {
    "receipt": LetterKind(
        Text("收件回执", "Receipt"), "收", ACCEPTOR, APPLICANT,
        (
            Text("你单位就{register}“{title}”提交的变更申请（案号 {case}）已于{date}收到。",
                 "Your request to change “{title}” ({register}), case {case}, was received on {date}."),
            Text("本机关将在 {days} 个工作日内决定是否受理；申请材料不齐全的，一次性告知需要补正的全部内容。"
                 "依据：{ground}。",
                 "Within {days} working days we decide whether to accept it; should anything be missing, we say all of"
                 " it at once. Ground: {ground}."),
        ),
    ),
    "acceptance": LetterKind(
        Text("受理通知书", "Notice of acceptance"), "受", ACCEPTOR, APPLICANT,
        (
            Text("你单位就{register}“{title}”提出的变更申请（案号 {case}），申请材料齐全、符合法定形式，决定予以受理。",
                 "Your request to change “{title}” ({register}), case {case}, is complete and in due form. We accept"
                 " it."),
            Text("决定机关将自受理之日起 {days} 个工作日内作出决定；专家评审的时间不计入。依据：{ground}。",
                 "It will be decided within {days} working days of acceptance; time for expert review is not counted."
                 " Ground: {ground}."),
        ),
    ),
    "decline": LetterKind(
        Text("不予受理决定书", "Decision not to accept"), "不受", ACCEPTOR, APPLICANT,
        (_ASKED, Text("经审查，决定不予受理。", "Having examined it, we do not accept it.")),
        reasons=Text("理由如下：", "The reasons are:"), appeal=True,
    ),
    "supplement": LetterKind(
        Text("一次性补正告知书", "Request for supplements"), "补", ACCEPTOR, APPLICANT,
        (_ASKED, Text("经审查，申请材料不齐全或者不符合法定形式。"
                      "请在收到本告知书之日起 {term} 日内（{last}前，含当日）补正；"
                      "逾期未补正的，本申请按逾期失效处理。补正所需时间不计入办理期限。",
                      "Something is missing or not in due form. Supply it within {term} days, by {last} at the latest;"
                      " otherwise the request lapses. The time it takes you is not counted.")),
        reasons=Text("需要补正的全部内容：", "All that is missing:"),
    ),
    "review": LetterKind(
        Text("送审函", "Referral to expert review"), "审", DECIDER, REVIEWER,
        (_ASKED, Text("现送你单位组织专家评审，请提出书面评审结论。评审时间不计入办理期限。",
                      "It is sent to you for expert review. Please give your conclusion in writing; the time is not"
                      " counted.")),
        reasons=Text("请重点评审：", "Please look at:"),
    ),
    "opinions": LetterKind(
        Text("征求意见函", "Request for opinions"), "意", DECIDER, BODY,
        (_ASKED, Text("请就本申请在你单位职责范围内提出书面意见，明确同意或不同意。决定期限为 {last}，请在此前答复。",
                      "Please give your opinion within your duty in writing, agreeing or not. The decision is due on"
                      " {last}; please answer before.")),
        reasons=Text("请重点研究：", "Please consider:"),
    ),
    "approval": LetterKind(
        Text("批准决定书", "Decision of approval"), "批", DECIDER, APPLICANT,
        (_ASKED, Text("经审查，决定批准下列变更，自本决定之日起生效，登记内容已相应更新。",
                      "Having examined it, we approve the changes below. They hold from the date of this decision and"
                      " stand in the register.")),
        reasons=Text("说明：", "Remarks:"),
    ),
    "refusal": LetterKind(
        Text("不予批准决定书", "Decision of refusal"), "驳", DECIDER, APPLICANT,
        (_ASKED, Text("经审查，决定不予批准。登记内容不作变更。",
                      "Having examined it, we do not approve it. The register stays as it is.")),
        reasons=Text("理由如下：", "The reasons are:"), appeal=True,
    ),
    "expiry": LetterKind(
        Text("逾期告知书", "Notice of lapse"), "逾", ACCEPTOR, APPLICANT,
        (_ASKED, Text("因在补正期限内未提交补正材料，本申请自{today}起失效。如仍需变更，请重新提出申请。",
                      "As nothing was supplied within the time allowed, the request lapsed on {today}. If the change is"
                      " still wanted, ask for it anew.")),
        appeal=True,
    ),
}  # fmt: skip


def issue(case: CaseFile, event: CaseEvent, after: Case, named: Sequence[Organisation]) -> Letter:
    """Write the letter of a step; its facts are frozen now."""
    kind_id = parties.procedure_of(case).steps[event.step].letter
    kind = KINDS[kind_id]
    issuer = next(iter(parties.in_role(case, kind.issuer)), None)
    to = list(named) if kind.addressee == BODY else parties.in_role(case, kind.addressee)
    return Letter.objects.create(
        case=case,
        event=event,
        kind=kind_id,
        number=_number(case, event, kind),
        issued_at=event.at,
        issuer=issuer,
        addressee=to[0] if len(to) == 1 else None,
        facts=_facts(case, event, after, issuer, to),
    )


def _number(case: CaseFile, event: CaseEvent, kind: LetterKind) -> str:
    """The 字号: year, area and running number of the case, word of the kind, position in the case."""
    year, _dash, rest = case.number.partition("-")
    return f"变更{kind.word}〔{year}〕{rest}-{event.sequence:02d}号"


def _facts(
    case: CaseFile,
    event: CaseEvent,
    after: Case,
    issuer: Organisation | None,
    to: Sequence[Organisation],
) -> dict[str, Any]:
    procedure, register = parties.procedure_of(case), changes.register_of(case)
    step, state = procedure.steps[event.step], procedure.states[after.state]
    limit = procedure.limits.get(state.phase)
    ends = lapse(procedure, after, calendar())
    asked = case.submitted_at or case.opened_at
    return {
        "case": case.number,
        "title": case.title,
        "applicant": named(case.organisation),
        "issuer": named(issuer),
        "addressees": [named(o) for o in to],
        "register": both(register.name) if register else both(procedure.name),
        "date": timezone.localdate(asked).isoformat(),
        "today": timezone.localdate(event.at).isoformat(),
        "days": limit.days if limit else None,
        "ground": both(limit.ground) if limit else None,
        "term": state.term or None,
        "last": (ends.last if ends else case.due or timezone.localdate(event.at)).isoformat(),
        "reasons": [row.strip() for row in event.reason.splitlines() if row.strip()] if step.lists else _reason(event),
        "numbered": step.lists,
        "changes": [
            {"label": both(line.label), "unit": line.unit, "from": both(line.before), "to": both(line.after)}
            for line in changes.lines(case, compare=False)
        ],
        "opinions": _opinions(after, parties.names_of(parties.events_of(case))) if step.needs_opinions else [],
        "simulated": case.simulated,
    }


def _reason(event: CaseEvent) -> list[str]:
    return [event.reason] if event.reason else []


def _opinions(after: Case, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"body": names.get(b, b), "agrees": e.agrees, "reason": e.reason} for b, e in after.opinions.items()]


def named(organisation: Organisation | None) -> dict[str, str]:
    """An organisation's name in both languages; its Chinese name where it has no other."""
    if organisation is None:
        return {"zh": "", "en": ""}
    return {"zh": organisation.name, "en": organisation.name_en or organisation.name}


def both(text: Text) -> dict[str, str]:
    """A text as it is kept."""
    return {"zh": text.zh, "en": text.en}


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as one reader sees it, from its frozen facts alone."""

    title: str
    number: str
    issuer: str
    addressees: str
    paragraphs: tuple[str, ...]
    reasons_head: str
    reasons: tuple[str, ...]
    numbered: bool
    changes: tuple[dict[str, str], ...]
    opinions: tuple[dict[str, Any], ...]
    appeal: str
    day: str
    simulated: bool
    zh: bool


def written(letter: Letter, language: str) -> Written:
    """A letter in a language."""
    zh = language.startswith("zh")
    key, facts, kind = "zh" if zh else "en", letter.facts, KINDS[letter.kind]
    words = {name: value[key] if isinstance(value, dict) else value for name, value in facts.items()}
    for name in ("date", "today", "last"):
        words[name] = _day(facts[name], zh)
    return Written(
        title=kind.title.in_language(language),
        number=letter.number,
        issuer=facts["issuer"][key],
        addressees=("、" if zh else ", ").join(a[key] for a in facts["addressees"]),
        paragraphs=tuple(p.in_language(language).format_map(words) for p in kind.paragraphs),
        reasons_head=kind.reasons.in_language(language) if kind.reasons and facts["reasons"] else "",
        reasons=tuple(facts["reasons"]),
        numbered=facts["numbered"],
        changes=tuple(
            {"label": c["label"][key], "unit": c["unit"], "from": c["from"][key], "to": c["to"][key]}
            for c in facts["changes"]
        ),
        opinions=tuple(facts["opinions"]),
        appeal=APPEAL.in_language(language) if kind.appeal else "",
        day=words["today"],
        simulated=facts["simulated"],
        zh=zh,
    )


def _day(iso: str, zh: bool) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日" if zh else iso
