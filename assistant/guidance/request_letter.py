"""A request for the assessment, ready to hand over: in Finnish or Swedish for the authority, and
the same lines in the person's own language.

What is known of the case is filled in; what is not known becomes a blank for a pen. Names and
other personal details are always blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Optional

from babel import Locale
from babel.dates import format_date, format_skeleton

from assistant.catalogue.municipalities import Municipality, municipality
from assistant.catalogue.municipality_languages import official_language
from assistant.guidance import request_words as words
from assistant.guidance.assessment import assess
from assistant.i18n import SOURCE_LANGUAGE, direction, served, translator
from assistant.i18n.bidi import isolate

ForWhom = Literal["self", "child", "other"]
Official = Literal["fi", "sv"]
Kind = Literal["heading", "sentence", "fact", "choice", "pen"]

BLANK = "____________________"
BOX = "☐"
_RULE = "-" * 40
#: With these answers the request may be the wrong paper: the engine's steps come first.
_MAY_NOT_FIT = ("out_of_scope", "not_yet", "window_passed")


@dataclass(frozen=True)
class Text:
    """A text and the language it is in: English where a translation is missing."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.language)

    @property
    def plain(self) -> str:
        """The text with its left-to-right runs isolated."""
        return isolate(self.text, self.language)


@dataclass(frozen=True)
class Part:
    """A line of the request: a sentence, or a label with a value; a value of None is a blank."""

    id: str
    kind: Kind
    label: Text
    value: Optional[Text] = None
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Side:
    """The request in one language."""

    language: str
    parts: tuple[Part, ...]

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.language)

    def as_text(self) -> str:
        """Plain text; blanks are lines of underscores."""
        lines = []
        previous = None
        for part in self.parts:
            # Facts stand together; an empty line before and after them.
            if previous is not None and _block(part) != _block(previous):
                lines.append("")
            lines.append(_plain(part))
            previous = part
        return "\n".join(lines)


@dataclass(frozen=True)
class RequestLetter:
    """The request in both languages, and what the person should know of it."""

    official: Side
    #: None when the person's language is the official one.
    own: Optional[Side]
    language: str
    checklist: tuple[Text, ...]
    notes: tuple[Text, ...]
    #: The last day of the three years; the earliest that it can be.
    window_ends: Optional[date]
    #: False while only the month or the year of the first permit is known.
    window_exact: bool

    @property
    def other_official(self) -> Official:
        """The official language in which the request is not."""
        return "sv" if self.official.language == "fi" else "fi"

    def as_text(self) -> str:
        """The request as plain text for e-mail: the official language first."""
        sides = [self.official] if self.own is None else [self.official, self.own]
        return f"\n\n{_RULE}\n\n".join(side.as_text() for side in sides) + "\n"


def request_letter(
    case: dict[str, Any],
    language: str,
    for_whom: ForWhom = "self",
    official: Optional[Official] = None,
    spoken: Optional[str] = None,
) -> RequestLetter:
    """The request for the assessment in a case.

    Args:
        case: what is known, as `assess` reads it.
        language: the language of the person's side; English if it is not served.
        for_whom: who is to be assessed.
        official: the language of the authority; by the municipality if None.
        spoken: the language that the person speaks, served or not; `language` if None, a blank if
            empty.

    Raises:
        CaseError: if the case has a value that cannot be.
    """
    result = assess(case)
    place = municipality(case.get("municipality"))
    own = served(language)
    chosen = official or official_language(place.code if place is not None else None, own)
    facts = _Facts(
        case=case,
        spoken=language if spoken is None else spoken,
        for_whom=for_whom,
        responsible=result["responsible"],
        place=place,
        tells_permit=_tells_permit(case),
    )
    passed = result["entitlement"] == "window_passed" or result["window_ends"] is None
    return RequestLetter(
        official=Side(chosen, tuple(_parts(facts, chosen, chosen))),
        own=None if own == chosen else Side(own, tuple(_parts(facts, own, chosen))),
        language=own,
        checklist=tuple(said(message, own) for message in words.CHECKLIST),
        notes=tuple(said(message, own) for message in _notes(result)),
        window_ends=None if passed else date.fromisoformat(result["window_ends"]),
        window_exact=len(_written(case.get("first_permit_date"))) == len("2025-03-01"),
    )


def said(message: str, language: str, **values: str) -> Text:
    """A message in a language, filled in, and the language that it is really in."""
    texts = translator(language)
    text = texts.gettext(message)
    return Text(
        text.format(**values) if values else text,
        language if texts.has(message) else SOURCE_LANGUAGE,
    )


@dataclass(frozen=True)
class _Facts:
    case: dict[str, Any]
    spoken: str
    for_whom: ForWhom
    responsible: str
    place: Optional[Municipality]
    tells_permit: bool


def _tells_permit(case: dict[str, Any]) -> bool:
    """True when the law has rules of its own for the person's permit.

    Nobody has to tell more of themselves than the authority needs.
    """
    if case.get("permit") not in words.PERMIT_WORDS:
        return False
    with_permit, without = assess(case), assess({**case, "permit": None})
    return any(
        with_permit[name] != without[name] for name in ("entitlement", "responsible")
    ) or bool(with_permit["plan"]["always"] != without["plan"]["always"])


def _notes(result: dict[str, Any]) -> list[str]:
    """What to read before the request is used, where it may not be the right paper."""
    fits = result["entitlement"] not in _MAY_NOT_FIT and result["responsible"] in words.AUTHORITIES
    return [] if fits else [words.MAY_NOT_FIT, *result["steps"]]


def _parts(facts: _Facts, language: str, official: str) -> Iterator[Part]:
    """The lines of the request in a language."""

    def fact(name: str, label: str, value: Optional[Text]) -> Part:
        return Part(name, "fact", said(label, language), value)

    # Where a place has two names, both sides have the one that the authority uses.
    name_language = language if language in ("fi", "sv") else official
    place = None
    if facts.place is not None:
        place = Text(facts.place.name(name_language), name_language)
    yield Part("heading", "heading", said(words.HEADING, language))
    yield fact("to", words.TO, _address(facts, language, place))
    yield Part("request", "sentence", said(words.REQUESTS[facts.for_whom], language))
    yield fact("language", words.LANGUAGE, _language_name(facts.spoken, language))
    yield Part(
        "interpreter",
        "choice",
        said(words.INTERPRETER, language),
        choices=(said(words.YES, language), said(words.NO, language)),
    )
    yield fact("municipality", words.MUNICIPALITY, place)
    situation = words.SITUATION_WORDS.get(facts.case.get("situation") or "")
    yield fact("situation", words.SITUATION, said(situation, language) if situation else None)
    yield fact("benefits", words.BENEFIT, _benefits(facts.case.get("benefits"), language))
    if facts.tells_permit:
        permit = words.PERMIT_WORDS[facts.case["permit"]]
        yield fact("permit", words.PERMIT, said(permit, language))
    yield fact(
        "first_permit_date",
        words.FIRST_PERMIT_DATE,
        _date(facts.case.get("first_permit_date"), language),
    )
    yield Part("ask_date", "sentence", said(words.ASK_DATE, language))
    yield Part("ask_reasons", "sentence", said(words.ASK_REASONS, language))
    for name, label in (*words.PENS[facts.for_whom], *words.SIGNING):
        yield Part(name, "pen", said(label, language))


def _address(facts: _Facts, language: str, place: Optional[Text]) -> Optional[Text]:
    message = words.AUTHORITIES.get(facts.responsible)
    if message is None:
        return None
    authority = said(message, language)
    if place is None:
        return authority
    address = translator(language).gettext(words.ADDRESS)
    return Text(
        address.format(authority=authority.text, municipality=place.text), authority.language
    )


def _language_name(code: str, language: str) -> Optional[Text]:
    """The name of the language that the person speaks, by CLDR."""
    base = code.replace("_", "-").split("-")[0].lower()
    name = Locale.parse(language).languages.get(base) if base else None
    return Text(name, language) if name else None


def _benefits(benefits: Any, language: str) -> Optional[Text]:
    if benefits is None or benefits == "unknown":
        return None
    if not benefits:
        return said(words.NEITHER_BENEFIT, language)
    known = [message for key, message in words.BENEFIT_WORDS.items() if key in benefits]
    names = [said(message, language) for message in known]
    if len(names) == 1:
        return names[0]
    both = translator(language).gettext(words.BOTH_BENEFITS)
    return Text(both.format(first=names[0].text, second=names[1].text), names[0].language)


def _written(value: Any) -> str:
    """A date as it is written: "2025-03-01", "2025-03" or "2025"; empty when it is not known."""
    text = str(value or "").strip()[: len("2025-03-01")]
    return "" if text == "unknown" else text


def _date(value: Any, language: str) -> Optional[Text]:
    """A day, month or year as the language writes it."""
    text = _written(value)
    if not text:
        return None
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    first = date(year, month, day)
    if len(text) == len("2025"):
        return Text(str(year), language)
    if len(text) == len("2025-03"):
        return Text(format_skeleton("yMMMM", first, locale=language), language)
    return Text(format_date(first, "long", locale=language), language)


def _block(part: Part) -> str:
    """Lines of one block stand together."""
    if part.id in ("heading", "to"):
        return part.id
    return "fact" if part.kind == "choice" else part.kind


def _plain(part: Part) -> str:
    label = part.label.plain
    if part.kind in ("heading", "sentence"):
        return label
    if part.kind == "choice":
        return f"{label}: " + "   ".join(f"{BOX} {choice.plain}" for choice in part.choices)
    return f"{label}: {part.value.plain if part.value is not None else BLANK}"
