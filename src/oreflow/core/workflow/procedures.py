"""The procedures that come with Oreflow.

`filing` is the general administrative procedure: acceptance within 5 working days with at most one
request for supplements, decision within 20 (Administrative License Law, arts. 32, 42 and 45: expert
review is not counted in the limit). Supplements not supplied within 30 calendar days end the case; the
law leaves that term to the authority, so the letter that asks for them states it.
"""

from __future__ import annotations

from oreflow.core.provenance import Text

from .advance import check_procedure
from .model import Clock, Limit, Procedure, State, Step

APPLICANT, ACCEPTOR, REVIEWER, BODY, DECIDER, SYSTEM = (
    "applicant",
    "acceptor",
    "reviewer",
    "body",
    "decider",
    "system",
)

_STATES = (
    State("draft", Text("草稿", "a draft"), Clock.STOPPED, editable=True),
    State("submitted", Text("待受理", "waiting for acceptance"), Clock.RUNS, "acceptance"),
    State("supplement", Text("待补正", "waiting for supplements"), Clock.STOPPED, "acceptance", editable=True, term=30),
    State("accepted", Text("审查中", "under examination"), Clock.RUNS, "decision"),
    State("review", Text("专家评审", "in expert review"), Clock.STOPPED, "decision"),
    State("joint", Text("会商中", "in joint review"), Clock.RUNS, "decision"),
    State("approved", Text("已批准", "approved"), Clock.OVER, grants=True),
    State("refused", Text("不予批准", "refused"), Clock.OVER),
    State("not-accepted", Text("不予受理", "not accepted"), Clock.OVER),
    State("withdrawn", Text("已撤回", "withdrawn"), Clock.OVER),
    State("expired", Text("逾期失效", "expired"), Clock.OVER),
)

_OPEN = ("submitted", "supplement", "accepted", "review", "joint")

_STEPS = (
    Step("submit", Text("提交", "submit"), ("draft",), "submitted", (APPLICANT,), letter="receipt"),
    Step("accept", Text("受理", "accept"), ("submitted",), "accepted", (ACCEPTOR,), letter="acceptance"),
    Step(
        "decline",
        Text("不予受理", "decline"),
        ("submitted",),
        "not-accepted",
        (ACCEPTOR,),
        reason=True,
        letter="decline",
    ),
    Step(
        "ask-supplement",
        Text("一次性补正", "ask for supplements"),
        ("submitted",),
        "supplement",
        (ACCEPTOR,),
        reason=True,
        once=True,
        letter="supplement",
        lists=True,
    ),
    Step("supply", Text("补正提交", "supply"), ("supplement",), "submitted", (APPLICANT,)),
    Step(
        "send-review",
        Text("送专家评审", "send to experts"),
        ("accepted",),
        "review",
        (DECIDER,),
        letter="review",
        refers=True,
    ),
    Step("conclude-review", Text("评审结论", "conclude review"), ("review",), "accepted", (REVIEWER,), reason=True),
    Step(
        "ask-opinions",
        Text("征求意见", "ask for opinions"),
        ("accepted",),
        "joint",
        (DECIDER,),
        asks=True,
        letter="opinions",
    ),
    Step("give-opinion", Text("答复意见", "give opinion"), ("joint",), "joint", (BODY,), reason=True, opinion=True),
    Step(
        "approve",
        Text("批准", "approve"),
        ("accepted", "joint"),
        "approved",
        (DECIDER,),
        needs_opinions=True,
        letter="approval",
    ),
    Step(
        "refuse",
        Text("不予批准", "refuse"),
        ("accepted", "joint"),
        "refused",
        (DECIDER,),
        reason=True,
        needs_opinions=True,
        letter="refusal",
    ),
    Step(
        "withdraw",
        Text("撤回", "withdraw"),
        ("draft", *_OPEN),
        "withdrawn",
        (APPLICANT,),
        reason=True,
        voluntary=True,
    ),
    Step("expire", Text("逾期失效", "expire"), ("supplement",), "expired", (SYSTEM,), automatic=True, letter="expiry"),
)

_LIMITS = (
    Limit(
        "acceptance",
        5,
        Text("行政许可法第三十二条：五日内一次告知", "Administrative License Law art. 32: within five days"),
        ACCEPTOR,
    ),
    Limit(
        "decision",
        20,
        Text("行政许可法第四十二条：二十日内决定", "Administrative License Law art. 42: within twenty days"),
        DECIDER,
    ),
)

ROLES = {
    APPLICANT: Text("申请单位", "applicant"),
    ACCEPTOR: Text("受理机关", "accepting authority"),
    REVIEWER: Text("评审机构", "expert body"),
    BODY: Text("被征求意见单位", "consulted body"),
    DECIDER: Text("决定机关", "deciding authority"),
    SYSTEM: Text("系统", "system"),
}

FILING = Procedure(
    id="filing",
    name=Text("变更备案", "change filing"),
    start="draft",
    states={s.id: s for s in _STATES},
    steps={s.id: s for s in _STEPS},
    limits={limit.phase: limit for limit in _LIMITS},
    roles=ROLES,
)
check_procedure(FILING)

PROCEDURES = {p.id: p for p in (FILING,)}
