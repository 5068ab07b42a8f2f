"""Who may ask for the assessment of skills and the need for integration services, and where.

The rules are data: one file a law in `data/guidance/assessment/`, with the days on which it is in
force. What is not known is `unknown` and becomes "ask the authority"; nothing here predicts an
official decision.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional
from zoneinfo import ZoneInfo

import yaml

from assistant.guidance.sources import load_sources
from assistant.settings import PROJECT_ROOT

logger = logging.getLogger(__name__)

FOLDER = PROJECT_ROOT / "data" / "guidance" / "assessment"
SENTENCES = "sentences.yml"
HELSINKI = ZoneInfo("Europe/Helsinki")

PERMITS = (
    "international_protection",
    "family_of_protected",
    "quota_refugee",
    "temporary_protection",
    "work",
    "student",
    "family",
    "eu_citizen",
    "nordic_citizen",
    "unaccompanied_minor",
    "trafficking_victim",
    "asylum_seeker",
    "none",
    "other",
)
SITUATIONS = (
    "unemployed_jobseeker",
    "employed",
    "student",
    "at_home_with_child",
    "at_home",
    "pensioner",
    "not_working",
    "other",
)
BENEFITS = ("social_assistance_long_term", "child_home_care_allowance")
ENTITLEMENTS = ("automatic", "on_request", "not_yet", "window_passed", "out_of_scope", "unknown")
RESPONSIBLE = (
    "employment_authority",
    "municipality",
    "municipality_and_wellbeing_services_county",
    "reception_centre",
    "assistance_system_for_trafficking_victims",
    "none",
)

UNKNOWN = "unknown"
SENTENCE_STATUSES = ("verified", "dated", "advice")
LAYER_STATUSES = ("verified", "dated", "planned")
ADULT_AGE, OLDEST_AGE = 18, 120
#: A permit that starts later than this is taken for a slip of the pen.
FARTHEST_YEARS = 10

#: The fields of a case and the values that each could have, as the rules see them; the most
#: important first. With them the engine tells which unknown field could change the answer.
_COULD_BE: dict[str, tuple[dict[str, Any], ...]] = {
    "permit": tuple({"permit": value} for value in PERMITS),
    "situation": tuple({"situation": value} for value in SITUATIONS),
    "first_permit_date": tuple({"time": value} for value in ("before", "within", "after")),
    "has_municipality_of_residence": tuple(
        {"has_municipality_of_residence": value} for value in (True, False)
    ),
    "benefits": tuple({"benefits": value} for value in ((), *((one,) for one in BENEFITS))),
    "municipality": ({"aland": True}, {"aland": False}),
    "age": tuple({"age_group": value} for value in ("minor", "adult")),
    "assessed_before": tuple({"assessed_before": value} for value in (True, False)),
}
FIELDS = ("as_of", *_COULD_BE)

#: What conditions may ask about, and the values they may compare with.
_FACTS: dict[str, tuple[Any, ...]] = {
    "permit": PERMITS,
    "situation": SITUATIONS,
    "benefits": BENEFITS,
    "has_municipality_of_residence": (True, False),
    "assessed_before": (True, False),
    "aland": (True, False),
    "time": ("before", "within", "after"),
    "age_group": ("minor", "adult"),
    "entitlement": ENTITLEMENTS,
    "responsible": RESPONSIBLE,
}
_THEN = {
    "entitlement",
    "responsible",
    "plan_always",
    "steps",
    "steps_first",
    "cautions",
}


class CaseError(ValueError):
    """A case that cannot be: the message is one line that says what to correct."""


class RulesError(ValueError):
    """A file of rules that cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in English, translated when it is shown."""

    id: str
    text: str
    status: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A condition and what follows from it."""

    id: str
    when: dict[str, tuple[Any, ...]]
    then: dict[str, Any]
    valid_from: Optional[date] = None
    valid_until: Optional[date] = None

    def matches(self, facts: dict[str, Any], on: date) -> bool:
        """True when every fact has one of the values that the rule asks for."""
        return _covers(self.valid_from, self.valid_until, on) and _holds(self.when, facts)


@dataclass(frozen=True)
class Layer:
    """The rules of one law."""

    file: str
    law: str
    legal_basis: Optional[str]
    valid_from: date
    valid_until: Optional[date]
    status: str
    checked: date
    sources: tuple[str, ...]
    window_years: Optional[int]
    window_hidden: tuple[dict[str, tuple[Any, ...]], ...]
    plan_months: tuple[Optional[int], Optional[int]]
    plan_hidden: tuple[dict[str, tuple[Any, ...]], ...]
    who: tuple[Rule, ...]
    limits: tuple[Rule, ...]
    notes: tuple[Rule, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order in which they are read."""
        return self.who + self.limits + self.notes

    def in_force(self, on: date) -> bool:
        """True when the law is in force on a day."""
        return _covers(self.valid_from, self.valid_until, on)


@dataclass(frozen=True)
class Rules:
    """Every law by age, the sentences that they use."""

    layers: tuple[Layer, ...]
    sentences: dict[str, Sentence]

    def layer(self, on: date) -> Layer:
        """The law in force on a day.

        Raises:
            CaseError: if there are no rules for that day.
        """
        for layer in self.layers:
            if layer.in_force(on):
                return layer
        first = min(layer.valid_from for layer in self.layers)
        raise CaseError(f"as_of: there are no rules for {on}; the first are of {first}")


@dataclass
class Outcome:
    """What the rules have decided, with the ids of the sentences and rules used."""

    entitlement: str = UNKNOWN
    responsible: str = "municipality"
    plan_always: bool = False
    steps: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def decision(self) -> tuple[str, str, bool]:
        """What a missing field would have to change to be worth asking."""
        return self.entitlement, self.responsible, self.plan_always


@dataclass(frozen=True)
class Case:
    """A person's case, checked; None is not known."""

    as_of: date
    municipality: Optional[str] = None
    permit: Optional[str] = None
    first_permit_date: Optional[date] = None
    has_municipality_of_residence: Optional[bool] = None
    age: Optional[int] = None
    situation: Optional[str] = None
    benefits: Optional[tuple[str, ...]] = None
    assessed_before: Optional[bool] = None
    in_aland: bool = False

    @classmethod
    def read(cls, case: dict[str, Any], on: Optional[date] = None) -> Case:
        """Check the fields of a case.

        Raises:
            CaseError: if a field does not exist or has a value that cannot be.
        """
        if not isinstance(case, dict):
            raise CaseError("the case must be a mapping of fields")
        unexpected = sorted(str(key) for key in case if key not in FIELDS)
        if unexpected:
            raise CaseError(f"{_shown(unexpected[0])}: there is no such field")
        known = {
            key: value for key, value in case.items() if value is not None and value != UNKNOWN
        }
        as_of = _date("as_of", known.get("as_of")) or on or datetime.now(HELSINKI).date()
        code, in_aland = _municipality(known.get("municipality"))
        return cls(
            as_of=as_of,
            municipality=code,
            permit=_choice("permit", known.get("permit"), PERMITS),
            first_permit_date=_first_permit_date(known.get("first_permit_date"), as_of),
            has_municipality_of_residence=_truth(
                "has_municipality_of_residence", known.get("has_municipality_of_residence")
            ),
            age=_age(known.get("age")),
            situation=_choice("situation", known.get("situation"), SITUATIONS),
            benefits=_benefits(known.get("benefits")),
            assessed_before=_truth("assessed_before", known.get("assessed_before")),
            in_aland=in_aland,
        )

    def facts(self, window_ends: Optional[date]) -> dict[str, Any]:
        """The case as the rules' conditions see it."""
        time = None
        if self.first_permit_date is not None:
            if self.first_permit_date > self.as_of:
                time = "before"
            else:
                passed = window_ends is not None and self.as_of > window_ends
                time = "after" if passed else "within"
        age_group = None
        if self.age is not None:
            age_group = "minor" if self.age < ADULT_AGE else "adult"
        return {
            "permit": self.permit,
            "situation": self.situation,
            "benefits": self.benefits,
            "has_municipality_of_residence": self.has_municipality_of_residence,
            "assessed_before": self.assessed_before,
            "aland": self.in_aland,
            "time": time,
            "age_group": age_group,
        }


def assess(case: dict[str, Any], on: Optional[date] = None) -> dict[str, Any]:
    """Who is responsible for a person's assessment, whether they may ask, and how.

    Args:
        case: what is known; every field may be missing, None or "unknown".
        on: the day asked about when the case has no `as_of`; today in Finland by default.

    Returns:
        law, entitlement, responsible, window_ends, plan, missing, steps, cautions and sources;
        the texts are in English, to be translated one by one.

    Raises:
        CaseError: if the case has a value that cannot be.
    """
    checked = Case.read(case, on)
    rules = load_rules()
    layer = rules.layer(checked.as_of)
    window_ends = None
    if checked.first_permit_date is not None and layer.window_years is not None:
        window_ends = _years_later(checked.first_permit_date, layer.window_years)
    facts = checked.facts(window_ends)
    outcome = decide(layer, facts, checked.as_of)
    decided = {**facts, "entitlement": outcome.entitlement, "responsible": outcome.responsible}
    if any(_holds(condition, decided) for condition in layer.window_hidden):
        window_ends = None
    first_months, total_months = layer.plan_months
    if any(_holds(condition, decided) for condition in layer.plan_hidden):
        first_months = total_months = None
    used = [rules.sentences[one] for one in dict.fromkeys(outcome.steps + outcome.cautions)]
    cautions = list(outcome.cautions)
    if layer.status == "dated" or any(sentence.status == "dated" for sentence in used):
        cautions.append("may_have_changed")
    cited = dict.fromkeys([*layer.sources, *(one for entry in used for one in entry.sources)])
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
        "missing": _missing(layer, checked, facts, outcome),
        "steps": [rules.sentences[one].text for one in dict.fromkeys(outcome.steps)],
        "cautions": [rules.sentences[one].text for one in dict.fromkeys(cautions)],
        "sources": [sources[one].as_dict() for one in cited],
    }


def decide(layer: Layer, facts: dict[str, Any], on: date) -> Outcome:
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
    outcome.rules.append(rule.id)
    outcome.entitlement = then.get("entitlement", outcome.entitlement)
    outcome.responsible = then.get("responsible", outcome.responsible)
    outcome.plan_always = then.get("plan_always", outcome.plan_always)
    if replace_steps and "steps" in then:
        outcome.steps = list(then["steps"])
    else:
        outcome.steps += then.get("steps", ())
    outcome.steps[:0] = then.get("steps_first", ())
    outcome.cautions += then.get("cautions", ())


def _missing(layer: Layer, case: Case, facts: dict[str, Any], outcome: Outcome) -> list[str]:
    """The unknown fields that could change the answer; nobody is asked for the others."""
    missing = []
    for name, values in _COULD_BE.items():
        if getattr(case, name) is not None:
            continue
        if any(
            decide(layer, {**facts, **value}, case.as_of).decision != outcome.decision
            for value in values
        ):
            missing.append(name)
    return missing


def _holds(when: dict[str, tuple[Any, ...]], facts: dict[str, Any]) -> bool:
    for name, wanted in when.items():
        fact = facts[name]
        if isinstance(fact, tuple):
            if not any(value in wanted for value in fact):
                return False
        elif fact not in wanted:
            return False
    return True


def _covers(valid_from: Optional[date], valid_until: Optional[date], on: date) -> bool:
    return (valid_from is None or valid_from <= on) and (valid_until is None or on <= valid_until)


def _years_later(day: date, years: int) -> date:
    """The same day some years later; the last day of February when there is no such day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


# Reading a case.


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def _choice(name: str, value: Any, choices: tuple[str, ...]) -> Optional[str]:
    if value is None:
        return None
    if not isinstance(value, str) or value not in choices:
        raise CaseError(f"{name}: {_shown(value)} is not one of {', '.join(choices)}")
    return value


def _truth(name: str, value: Any) -> Optional[bool]:
    if value is not None and not isinstance(value, bool):
        raise CaseError(f"{name}: {_shown(value)} is not true or false")
    return value


def _date(name: str, value: Any) -> Optional[date]:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if not isinstance(value, str):
            raise ValueError
        return date.fromisoformat(value.strip())
    except ValueError:
        raise CaseError(
            f"{name}: {_shown(value)} is not a date such as 2026-11-24 (year-month-day)"
        ) from None


def _first_permit_date(value: Any, as_of: date) -> Optional[date]:
    day = _date("first_permit_date", value)
    if day is not None and not -OLDEST_AGE <= day.year - as_of.year <= FARTHEST_YEARS:
        raise CaseError(f"first_permit_date: {day} cannot be right for a case on {as_of}")
    return day


def _age(value: Any) -> Optional[int]:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= OLDEST_AGE:
        raise CaseError(f"age: {_shown(value)} is not a whole number from 0 to {OLDEST_AGE}")
    return value


def _benefits(value: Any) -> Optional[tuple[str, ...]]:
    if value is None:
        return None
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise CaseError(f"benefits: {_shown(value)} is not a list")
    for benefit in value:
        if not isinstance(benefit, str) or benefit not in BENEFITS:
            raise CaseError(f"benefits: {_shown(benefit)} is not one of {', '.join(BENEFITS)}")
    return tuple(sorted(value))


def _municipality(value: Any) -> tuple[Optional[str], bool]:
    """(code, is it in Åland)."""
    if value is None:
        return None, False
    code = value.strip() if isinstance(value, str) else ""
    if not (code.isascii() and code.isdigit() and len(code) <= 3):
        raise CaseError(f"municipality: {_shown(value)} is not a municipality's code such as 091")
    code = code.zfill(3)
    try:
        from assistant.catalogue.municipalities import municipality

        found = municipality(code)
    except (ImportError, OSError, KeyError, TypeError, yaml.YAMLError):
        # The list is only needed to tell Åland apart.
        logger.exception("the list of municipalities cannot be read")
        return code, False
    if found is None:
        raise CaseError(f"municipality: no municipality has the code {_shown(code)}")
    return code, found.in_aland


# Reading the rules.


@lru_cache(maxsize=4)
def load_rules(folder: Path = FOLDER) -> Rules:
    """Read the laws and their sentences.

    Raises:
        RulesError: if a file cannot be used.
    """
    sentences = {
        identifier: _sentence(identifier, content)
        for identifier, content in _read(folder / SENTENCES).items()
    }
    layers = [
        _layer(path, sentences) for path in sorted(folder.glob("*.yml")) if path.name != SENTENCES
    ]
    if not layers:
        raise RulesError(f"{folder}: there are no rules")
    layers.sort(key=lambda layer: layer.valid_from)
    for earlier, later in zip(layers, layers[1:]):
        if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
            raise RulesError(f"{earlier.file} and {later.file} are in force on the same day")
    return Rules(tuple(layers), sentences)


def texts(folder: Path = FOLDER) -> Iterator[tuple[str, str, str]]:
    """(file, key, text) of every sentence, for translation."""
    for sentence in load_rules(folder).sentences.values():
        yield SENTENCES, sentence.id, sentence.text


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RulesError(f"{path.name}: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise RulesError(f"{path.name}: not a mapping")
    return content


def _sentence(identifier: str, content: Any) -> Sentence:
    where = f"{SENTENCES}: {identifier}"
    if not isinstance(content, dict) or not content.get("text"):
        raise RulesError(f"{where}: has no text")
    status = content.get("status")
    if status not in SENTENCE_STATUSES:
        raise RulesError(f"{where}: status {status!r} is not shown to people")
    sources = tuple(str(one) for one in content.get("sources") or ())
    if status != "advice" and not sources:
        raise RulesError(f"{where}: a fact needs a source")
    _check_sources(where, sources)
    return Sentence(identifier, content["text"], status, sources)


def _check_sources(where: str, sources: tuple[str, ...]) -> None:
    unknown = [one for one in sources if one not in load_sources()]
    if unknown:
        raise RulesError(f"{where}: unknown source {', '.join(unknown)}")


def _layer(path: Path, sentences: dict[str, Sentence]) -> Layer:
    content = _read(path)
    try:
        window, plan = content.get("window") or {}, content.get("plan") or {}
        layer = Layer(
            file=path.name,
            law=str(content["law"]),
            legal_basis=content["legal_basis"],
            valid_from=content["valid_from"],
            valid_until=content["valid_until"],
            status=content["status"],
            checked=content["checked"],
            sources=tuple(str(one) for one in content["sources"]),
            window_years=window.get("years"),
            window_hidden=_conditions(path.name, window.get("hidden_when")),
            plan_months=(plan.get("first_max_months"), plan.get("total_max_months")),
            plan_hidden=_conditions(path.name, plan.get("hidden_when")),
            who=_rules(path.name, content["who"]),
            limits=_rules(path.name, content.get("limits")),
            notes=_rules(path.name, content.get("notes")),
        )
    except KeyError as error:
        raise RulesError(f"{path.name}: lacks {error}") from error
    if layer.status not in LAYER_STATUSES:
        raise RulesError(f"{path.name}: status {layer.status!r} is not one of {LAYER_STATUSES}")
    _check_sources(path.name, layer.sources)
    for rule in layer.rules:
        used = [
            one for key in ("steps", "steps_first", "cautions") for one in rule.then.get(key, ())
        ]
        unknown = [one for one in used if one not in sentences]
        if unknown:
            raise RulesError(f"{path.name}: {rule.id}: unknown sentence {', '.join(unknown)}")
    if not layer.who or layer.who[-1].when:
        raise RulesError(f"{path.name}: the last rule of who must match every case")
    return layer


def _conditions(where: str, entries: Any) -> tuple[dict[str, tuple[Any, ...]], ...]:
    return tuple(_condition(where, entry) for entry in entries or ())


def _condition(where: str, entry: Any) -> dict[str, tuple[Any, ...]]:
    when = {}
    for name, wanted in (entry or {}).items():
        values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
        if name not in _FACTS:
            raise RulesError(f"{where}: unknown fact {name!r}")
        wrong = [value for value in values if value is not None and value not in _FACTS[name]]
        if wrong:
            raise RulesError(f"{where}: {name} cannot be {wrong[0]!r}")
        when[name] = values
    return when


def _rules(where: str, entries: Any) -> tuple[Rule, ...]:
    rules = []
    for entry in entries or ():
        rule = Rule(
            id=entry["id"],
            when={},
            then=entry.get("then") or {},
            valid_from=entry.get("valid_from"),
            valid_until=entry.get("valid_until"),
        )
        wrong = set(rule.then) - _THEN
        if wrong:
            raise RulesError(f"{where}: {rule.id}: unknown {', '.join(sorted(wrong))}")
        for key, allowed in (("entitlement", ENTITLEMENTS), ("responsible", RESPONSIBLE)):
            if key in rule.then and rule.then[key] not in allowed:
                raise RulesError(f"{where}: {rule.id}: {key} cannot be {rule.then[key]!r}")
        rules.append(replace(rule, when=_condition(f"{where}: {rule.id}", entry.get("when"))))
    return tuple(rules)
