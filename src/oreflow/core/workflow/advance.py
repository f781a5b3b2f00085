"""Taking steps: what is open to whom, and the case after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from oreflow.core.provenance import Text

from .errors import BadProcedure, MissingReason, NotAllowed, StepNotOpen, UnknownStep
from .model import Case, Event, Option, Procedure, Step


def open_case(procedure: Procedure, at: datetime) -> Case:
    """A new case in the procedure's start state."""
    return Case(procedure.id, at, (), procedure.start)


def options(
    procedure: Procedure,
    case: Case,
    roles: Iterable[str],
    body: str = "",
    *,
    names: Mapping[str, str] | None = None,
    every: bool = False,
) -> tuple[Option, ...]:
    """Every step that leads out of the case's state for someone with `roles`, open or with the reason why not.

    `body` is the organisation that speaks, for opinions; `names` says bodies by name; with `every`, steps
    that belong to other states are there, too, closed.
    """
    held = set(roles)
    out = []
    for step in procedure.steps.values():
        if (every or case.state in step.before) and held & set(step.roles) and not step.automatic:
            why = _why_not(procedure, case, step, body, names or {})
            out.append(Option(step, why is None, why))
    return tuple(out)


def waiting(procedure: Procedure, case: Case) -> dict[str, tuple[str, ...]]:
    """The roles that the case waits for: those with an open step that is neither automatic nor voluntary.

    For a role that gives opinions, the bodies that have not answered; for others an empty tuple.
    """
    out: dict[str, tuple[str, ...]] = {}
    for step in procedure.steps.values():
        if step.automatic or step.voluntary or case.state not in step.before:
            continue
        if step.opinion:
            if case.missing:
                out |= dict.fromkeys(step.roles, case.missing)
        elif _why_not(procedure, case, step, "", {}) is None:
            out |= dict.fromkeys(step.roles, ())
    return out


def advance(
    procedure: Procedure,
    case: Case,
    step_id: str,
    *,
    by: str,
    role: str,
    at: datetime,
    reason: str = "",
    bodies: tuple[str, ...] = (),
    body: str = "",
    agrees: bool | None = None,
    names: Mapping[str, str] | None = None,
) -> Case:
    """The case after a step; the event records who, when and why. `names` says bodies by name in errors.

    Raises
    ------
    UnknownStep, NotAllowed, StepNotOpen, MissingReason
    """
    step = procedure.steps.get(step_id)
    if step is None:
        known = ", ".join(procedure.steps)
        raise UnknownStep(Text(f"没有“{step_id}”这一步；可选：{known}。", f"no step “{step_id}”; there are: {known}."))
    if role not in step.roles:
        raise NotAllowed(
            Text(f"“{role}”不能办理“{step.name.zh}”。", f"the role “{role}” may not take “{step.name.en}”.")
        )
    why = _why_not(procedure, case, step, body, names or {})
    if why is not None:
        raise StepNotOpen(why)
    if step.reason and not reason.strip():
        raise MissingReason(Text(f"“{step.name.zh}”须写明理由。", f"“{step.name.en}” needs a written reason."))
    if step.asks and not bodies:
        raise MissingReason(Text("请选择征求意见的单位。", "Choose the bodies whose opinion is asked."), "bodies")
    if step.opinion and agrees is None:
        raise MissingReason(Text("请选择同意或不同意。", "Say whether the body agrees."), "agrees")
    asked = bodies if step.asks else ()
    event = Event(step.id, step.after, by, role, at, reason.strip(), asked, body if step.opinion else "", agrees)
    return replace(case, events=(*case.events, event))


def _why_not(procedure: Procedure, case: Case, step: Step, body: str, names: Mapping[str, str]) -> Text | None:
    state = procedure.states[case.state]
    if case.state not in step.before:
        before = [procedure.states[s].name for s in step.before]
        return Text(
            f"现在是“{state.name.zh}”；“{step.name.zh}”只能在“{'、'.join(n.zh for n in before)}”时办理。",
            f"the case is {state.name.en}; “{step.name.en}” is taken only when {' or '.join(n.en for n in before)}.",
        )
    if step.once and any(e.step == step.id for e in case.events):
        return Text(f"“{step.name.zh}”只能办理一次，已经用过。", f"“{step.name.en}” may be taken once and has been.")
    if step.opinion and body not in case.missing:
        return Text("没有向本单位征求意见，或已经答复。", "this body was not asked, or has answered already.")
    if (step.needs_opinions or step.asks) and case.missing:
        missing = [names.get(b, b) for b in case.missing]
        return Text(
            f"还缺这些单位的意见：{'、'.join(missing)}。",
            f"opinions still missing from: {', '.join(missing)}.",
        )
    return None


def check_procedure(procedure: Procedure) -> None:
    """Raise BadProcedure for a table that contradicts itself: unknown states, dead ends, unreachable states."""
    states = set(procedure.states)
    for step in procedure.steps.values():
        for state in (*step.before, step.after):
            if state not in states:
                raise BadProcedure(
                    Text(
                        f"步骤“{step.id}”用了未定义的状态“{state}”。",
                        f"step “{step.id}” uses the unknown state “{state}”.",
                    )
                )
    reached, front = set(), [procedure.start]
    while front:
        state = front.pop()
        if state not in reached:
            reached.add(state)
            front += [s.after for s in procedure.steps.values() if state in s.before]
    lost = states - reached
    if lost:
        raise BadProcedure(
            Text(f"到不了的状态：{'、'.join(sorted(lost))}。", f"unreachable states: {', '.join(sorted(lost))}.")
        )
    for here in procedure.states.values():
        leaves = any(here.id in s.before for s in procedure.steps.values())
        if leaves == (here.clock.value == "over"):
            raise BadProcedure(
                Text(
                    f"状态“{here.id}”该结束却可继续，或该继续却无出路。",
                    f"state “{here.id}” ends but goes on, or goes on but ends.",
                )
            )
        if here.phase and here.phase not in procedure.limits:
            raise BadProcedure(Text(f"状态“{here.id}”的时限未定义。", f"state “{here.id}” draws on an unknown limit."))
        if bool(here.term) != any(s.automatic and here.id in s.before for s in procedure.steps.values()):
            raise BadProcedure(
                Text(
                    f"状态“{here.id}”须同时有期限和自动步骤，或都没有。",
                    f"state “{here.id}” needs both a term and an automatic step, or neither.",
                )
            )
