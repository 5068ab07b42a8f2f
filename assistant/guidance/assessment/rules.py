"""The rules of the assessment as data: one file a law, with the days on which it is in force.

Every rule has a legal basis, sources, the day they were checked and a status; what a rule does
not say itself it has from its law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from assistant.guidance.assessment.case import CaseError
from assistant.guidance.assessment.questions import Question, parse_questions
from assistant.guidance.assessment.vocabulary import ENTITLEMENTS, FACTS, FIELDS, RESPONSIBLE
from assistant.guidance.sources import load_sources
from assistant.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "data" / "guidance" / "assessment"
SENTENCES, QUESTIONS, CONTRADICTIONS = "sentences.yml", "questions.yml", "contradictions.yml"
NO_LAWS = (SENTENCES, QUESTIONS, CONTRADICTIONS)
SENTENCE_STATUSES = ("verified", "dated", "advice")
PARTS = ("know", "meeting", "refusal")
LAYER_STATUSES = ("verified", "dated", "planned")
#: Rules of other statuses (`check`) are refused: nothing unchecked reaches a person.
RULE_STATUSES = (*LAYER_STATUSES, "advice")
_THEN = {"entitlement", "responsible", "plan_always", "steps", "steps_first", "cautions"}

When = dict[str, tuple[Any, ...]]


class RulesError(ValueError):
    """A file of rules that cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in English, translated when it is shown."""

    id: str
    text: str
    status: str
    sources: tuple[str, ...]
    #: Under which heading a conversation shows it.
    part: str = "know"


@dataclass(frozen=True)
class Rule:
    """A condition and what follows from it."""

    id: str
    when: When
    then: dict[str, Any]
    legal_basis: Optional[str]
    sources: tuple[str, ...]
    checked: date
    status: str
    valid_from: Optional[date] = None
    valid_until: Optional[date] = None

    def matches(self, facts: dict[str, Any], on: date) -> bool:
        """True when every fact has one of the values that the rule asks for."""
        return _covers(self.valid_from, self.valid_until, on) and holds(self.when, facts)


@dataclass(frozen=True)
class Contradiction:
    """Two answers that do not fit together, and the fields to ask about again."""

    id: str
    when: When
    ask: tuple[str, ...]
    caution: str


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
    window_hidden: tuple[When, ...]
    plan_months: tuple[Optional[int], Optional[int]]
    plan_hidden: tuple[When, ...]
    who: tuple[Rule, ...] = ()
    limits: tuple[Rule, ...] = ()
    notes: tuple[Rule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order in which they are read."""
        return self.who + self.limits + self.notes

    def in_force(self, on: date) -> bool:
        """True when the law is in force on a day."""
        return _covers(self.valid_from, self.valid_until, on)


@dataclass(frozen=True)
class Rules:
    """Every law by age, the sentences they use, the questions, and what does not fit together."""

    layers: tuple[Layer, ...]
    sentences: dict[str, Sentence]
    questions: dict[str, Question]
    contradictions: tuple[Contradiction, ...]

    def part(self, text: str) -> str:
        """Under which heading a sentence is shown."""
        return next((one.part for one in self.sentences.values() if one.text == text), PARTS[0])

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

    def contradicting(self, facts: dict[str, Any]) -> Optional[Contradiction]:
        """The first pair of answers that do not fit together."""
        return next((one for one in self.contradictions if holds(one.when, facts)), None)


def holds(when: When, facts: dict[str, Any]) -> bool:
    """True when every fact has one of the values that a condition asks for."""
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


@lru_cache(maxsize=4)
def load_rules(folder: Path = FOLDER) -> Rules:
    """Read the laws, their sentences, the questions and the contradictions.

    Raises:
        RulesError: if a file cannot be used.
    """
    sentences = {
        identifier: _sentence(identifier, content)
        for identifier, content in _read(folder / SENTENCES).items()
    }
    others = (SENTENCES, QUESTIONS, CONTRADICTIONS)
    layers = [
        _layer(path, sentences) for path in sorted(folder.glob("*.yml")) if path.name not in others
    ]
    if not layers:
        raise RulesError(f"{folder}: there are no rules")
    layers.sort(key=lambda layer: layer.valid_from)
    for earlier, later in zip(layers, layers[1:]):
        if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
            raise RulesError(f"{earlier.file} and {later.file} are in force on the same day")
    try:
        questions = parse_questions(_read(folder / QUESTIONS))
    except ValueError as error:
        raise RulesError(f"{QUESTIONS}: {error}") from error
    contradictions = tuple(
        _contradiction(identifier, content, sentences)
        for identifier, content in _read(folder / CONTRADICTIONS).items()
    )
    return Rules(tuple(layers), sentences, questions, contradictions)


def texts(folder: Path = FOLDER) -> Iterator[tuple[str, str, str]]:
    """(file, key, text) of every sentence and of every reason for a question, for translation."""
    rules = load_rules(folder)
    for sentence in rules.sentences.values():
        yield SENTENCES, sentence.id, sentence.text
    for question in rules.questions.values():
        if question.why:
            yield QUESTIONS, question.field, question.why


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
    part = content.get("part", PARTS[0])
    if part not in PARTS:
        raise RulesError(f"{where}: there is no part {part!r}")
    return Sentence(identifier, content["text"], status, sources, part)


def _check_sources(where: str, sources: tuple[str, ...]) -> None:
    unknown = [one for one in sources if one not in load_sources()]
    if unknown:
        raise RulesError(f"{where}: unknown source {', '.join(unknown)}")


def _check_sentences(where: str, used: list[str], sentences: dict[str, Sentence]) -> None:
    unknown = [one for one in used if one not in sentences]
    if unknown:
        raise RulesError(f"{where}: unknown sentence {', '.join(unknown)}")


def _contradiction(identifier: str, content: Any, sentences: dict[str, Sentence]) -> Contradiction:
    where = f"{CONTRADICTIONS}: {identifier}"
    try:
        found = Contradiction(
            id=identifier,
            when=_condition(where, content["when"]),
            ask=tuple(content["ask"]),
            caution=content["caution"],
        )
    except (KeyError, TypeError) as error:
        raise RulesError(f"{where}: lacks {error}") from error
    wrong = [name for name in found.ask if name not in FIELDS]
    if wrong:
        raise RulesError(f"{where}: there is no field {wrong[0]!r} to ask about")
    _check_sentences(where, [found.caution], sentences)
    return found


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
        )
        layer = replace(
            layer,
            who=_rules(layer, content["who"]),
            limits=_rules(layer, content.get("limits")),
            notes=_rules(layer, content.get("notes")),
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
        _check_sentences(f"{path.name}: {rule.id}", used, sentences)
    if not layer.who or layer.who[-1].when:
        raise RulesError(f"{path.name}: the last rule of who must match every case")
    return layer


def _conditions(where: str, entries: Any) -> tuple[When, ...]:
    return tuple(_condition(where, entry) for entry in entries or ())


def _condition(where: str, entry: Any) -> When:
    when = {}
    for name, wanted in (entry or {}).items():
        values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
        if name not in FACTS:
            raise RulesError(f"{where}: unknown fact {name!r}")
        wrong = [value for value in values if value is not None and value not in FACTS[name]]
        if wrong:
            raise RulesError(f"{where}: {name} cannot be {wrong[0]!r}")
        when[name] = values
    return when


def _rules(layer: Layer, entries: Any) -> tuple[Rule, ...]:
    return tuple(_rule(layer, entry) for entry in entries or ())


def _rule(layer: Layer, entry: dict[str, Any]) -> Rule:
    where = f"{layer.file}: {entry['id']}"
    rule = Rule(
        id=entry["id"],
        when=_condition(where, entry.get("when")),
        then=entry.get("then") or {},
        legal_basis=entry.get("legal_basis", layer.legal_basis),
        sources=tuple(str(one) for one in entry.get("sources", layer.sources)),
        checked=entry.get("checked", layer.checked),
        status=entry.get("status", layer.status),
        valid_from=entry.get("valid_from"),
        valid_until=entry.get("valid_until"),
    )
    wrong = set(rule.then) - _THEN
    if wrong:
        raise RulesError(f"{where}: unknown {', '.join(sorted(wrong))}")
    if rule.status not in RULE_STATUSES:
        raise RulesError(f"{where}: status {rule.status!r} is not shown to people")
    _check_sources(where, rule.sources)
    for key, allowed in (("entitlement", ENTITLEMENTS), ("responsible", RESPONSIBLE)):
        if key in rule.then and rule.then[key] not in allowed:
            raise RulesError(f"{where}: {key} cannot be {rule.then[key]!r}")
    return rule
