"""Applies the rules of a law to a case: who serves, whether one may ask, what to ask next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Optional

from assistant.guidance.assessment.case import Case, years_later
from assistant.guidance.assessment.questions import WORTH_ASKING, Question
from assistant.guidance.assessment.rules import Layer, Rule, Rules, holds, load_rules
from assistant.guidance.assessment.vocabulary import UNKNOWN
from assistant.guidance.sources import load_sources

Facts = dict[str, Any]


@dataclass
class Outcome:
    """What the rules have decided, with the ids of the sentences and the rules used."""

    entitlement: str = UNKNOWN
    responsible: str = "municipality"
    plan_always: bool = False
    steps: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def decision(self) -> tuple[str, str, bool]:
        """What a missing field would have to change to be worth asking."""
        return self.entitlement, self.responsible, self.plan_always


def assess(case: dict[str, Any], on: Optional[date] = None) -> dict[str, Any]:
    """Who is responsible for a person's assessment, whether they may ask, and how.

    Args:
        case: what is known; every field may be missing, None or "unknown". `first_permit_date`
            may be a day, a month ("2025-03") or a year ("2025").
        on: the day asked about when the case has no `as_of`; today in Finland by default.

    Returns:
        law, entitlement, responsible, window_ends (the earliest day it can be), plan, missing
        (the question that matters most first), steps, cautions and sources; the texts are in
        English, to be translated one by one.

    Raises:
        CaseError: if the case has a value that cannot be.
    """
    rules, layer, checked, facts = _read(case, on)
    contradiction = rules.contradicting(facts)
    outcome = decide(layer, facts, checked.as_of)
    if contradiction is not None:
        # Nothing is granted or refused on answers that cannot both be true.
        outcome.entitlement, outcome.plan_always = UNKNOWN, False
        outcome.cautions.insert(0, contradiction.caution)
        missing = list(contradiction.ask)
    else:
        missing = [name for name, _ in _importance(rules, layer, checked, facts, outcome)]
    decided = {**facts, "entitlement": outcome.entitlement, "responsible": outcome.responsible}
    first_months, total_months = layer.plan_months
    if any(holds(condition, decided) for condition in layer.plan_hidden):
        first_months = total_months = None
    window_ends = _window_ends(layer, checked, decided) if contradiction is None else None
    used = [rules.sentences[one] for one in dict.fromkeys(outcome.steps + outcome.cautions)]
    cautions = list(outcome.cautions)
    statuses = {one.status for one in used} | {rule.status for rule in outcome.rules}
    if "dated" in {layer.status, *statuses}:
        cautions.append("may_have_changed")
    cited = dict.fromkeys(
        [
            *layer.sources,
            *(source for rule in outcome.rules for source in rule.sources),
            *(source for sentence in used for source in sentence.sources),
        ]
    )
    sources = load_sources()
    return {
        "law": layer.law,
        "entitlement": outcome.entitlement,
        "responsible": outcome.responsible,
        "window_ends": window_ends.isoformat() if window_ends is not None else None,
        "plan": {
            "always": outcome.plan_always,
            "first_max_months": first_months,
            "total_max_months": total_months,
        },
        "missing": missing,
        "steps": [rules.sentences[one].text for one in dict.fromkeys(outcome.steps)],
        "cautions": [rules.sentences[one].text for one in dict.fromkeys(cautions)],
        "sources": [sources[one].as_dict() for one in cited],
    }


def next_question(
    case: dict[str, Any], on: Optional[date] = None, asked: tuple[str, ...] = ()
) -> Optional[str]:
    """The field to ask about next; None when no answer is likely to change the result.

    Args:
        case: what is known, as for `assess`.
        on: the day asked about.
        asked: fields that were asked about and stay unknown.

    Raises:
        CaseError: if the case has a value that cannot be.
    """
    rules, layer, checked, facts = _read(case, on)
    contradiction = rules.contradicting(facts)
    if contradiction is not None:
        return next((name for name in contradiction.ask if name not in asked), None)
    outcome = decide(layer, facts, checked.as_of)
    for name, importance in _importance(rules, layer, checked, facts, outcome):
        if name not in asked and importance >= WORTH_ASKING:
            return name
    return None


def contradicting(case: dict[str, Any], on: Optional[date] = None) -> tuple[str, ...]:
    """The fields that do not fit together, to be asked about again; none when all fit.

    Raises:
        CaseError: if the case has a value that cannot be.
    """
    rules, _, _, facts = _read(case, on)
    found = rules.contradicting(facts)
    return found.ask if found is not None else ()


def _read(case: dict[str, Any], on: Optional[date]) -> tuple[Rules, Layer, Case, Facts]:
    checked = Case.read(case, on)
    rules = load_rules()
    layer = rules.layer(checked.as_of)
    return rules, layer, checked, checked.facts(layer.window_years)


def decide(layer: Layer, facts: Facts, on: date) -> Outcome:
    """Apply a law's rules: who serves, what limits apply, what else to say."""
    outcome = Outcome()
    for rules, every in ((layer.who, False), (layer.limits, False), (layer.notes, True)):
        for rule in rules:
            decided = {
                **facts,
                "entitlement": outcome.entitlement,
                "responsible": outcome.responsible,
            }
            if not rule.matches(decided, on):
                continue
            _apply(rule, outcome, replace_steps=not every)
            if not every:
                break
    return outcome


def _apply(rule: Rule, outcome: Outcome, replace_steps: bool) -> None:
    then = rule.then
    outcome.rules.append(rule)
    outcome.entitlement = then.get("entitlement", outcome.entitlement)
    outcome.responsible = then.get("responsible", outcome.responsible)
    outcome.plan_always = then.get("plan_always", outcome.plan_always)
    if replace_steps and "steps" in then:
        outcome.steps = list(then["steps"])
    else:
        outcome.steps += then.get("steps", ())
    outcome.steps[:0] = then.get("steps_first", ())
    outcome.cautions += then.get("cautions", ())


def _window_ends(layer: Layer, case: Case, decided: Facts) -> Optional[date]:
    """The day on which the window ends; the earliest one while only a month or year is known."""
    if case.first_permit_date is None or layer.window_years is None:
        return None
    if any(holds(condition, decided) for condition in layer.window_hidden):
        return None
    return years_later(case.first_permit_date.first, layer.window_years)


def _importance(
    rules: Rules, layer: Layer, case: Case, facts: Facts, outcome: Outcome
) -> list[tuple[str, float]]:
    """The unknown fields that could change the answer, the most important first."""
    found = []
    for question in rules.questions.values():
        if not _is_open(question, layer, case):
            continue
        answers = [
            ({**facts, **answer}, share)
            for answer, share in question.shares(case.situation)
            if _possible(answer, layer, case)
        ]
        answers = [one for one in answers if rules.contradicting(one[0]) is None]
        total = sum(share for _, share in answers)
        changed = sum(
            share
            for answered, share in answers
            if decide(layer, answered, case.as_of).decision != outcome.decision
        )
        if changed:
            found.append((question.field, question.openness * changed / total))
    return sorted(found, key=lambda one: -one[1])


def _is_open(question: Question, layer: Layer, case: Case) -> bool:
    if question.field == "first_permit_date":
        return len(case.times(layer.window_years)) > 1
    return getattr(case, question.field) is None


def _possible(answer: Facts, layer: Layer, case: Case) -> bool:
    return "time" not in answer or answer["time"] in case.times(layer.window_years)
