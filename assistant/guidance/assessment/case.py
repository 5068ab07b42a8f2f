"""A person's case: reading it, and how the rules see it."""

from __future__ import annotations

import calendar
import logging
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Optional
from zoneinfo import ZoneInfo

import yaml

from assistant.guidance.assessment.vocabulary import (
    BENEFITS,
    FIELDS,
    PERMITS,
    SITUATIONS,
    UNKNOWN,
)

logger = logging.getLogger(__name__)

HELSINKI = ZoneInfo("Europe/Helsinki")
ADULT_AGE, OLDEST_AGE = 18, 120
#: Below this age "I work" and "I am retired" are taken for a slip.
WORKING_AGE = 15
#: A permit that starts later than this is taken for a slip of the pen.
FARTHEST_YEARS = 10
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


class CaseError(ValueError):
    """A case that cannot be: the message is one line that says what to correct."""


@dataclass(frozen=True)
class Period:
    """A day that is known exactly, or only by its month or year."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """True when the day itself is known."""
        return self.first == self.last

    @classmethod
    def read(cls, name: str, value: Any) -> Optional[Period]:
        """Read a day "2025-03-14", a month "2025-03" or a year "2025".

        Raises:
            CaseError: if it is none of them, or does not exist.
        """
        if value is None:
            return None
        partial = _PARTIAL_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
        if partial is None:
            day = read_date(name, value)
            return None if day is None else cls(day, day)
        year, month = int(partial[1]), partial[2]
        if year < 1 or (month is not None and not 1 <= int(month) <= 12):
            raise CaseError(f"{name}: {shown(value)} is not a month or a year")
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        days = calendar.monthrange(year, int(month))[1]
        return cls(date(year, int(month), 1), date(year, int(month), days))


@dataclass(frozen=True)
class Case:
    """A person's case, checked; None is not known."""

    as_of: date
    municipality: Optional[str] = None
    permit: Optional[str] = None
    first_permit_date: Optional[Period] = None
    has_municipality_of_residence: Optional[bool] = None
    age: Optional[int] = None
    situation: Optional[str] = None
    benefits: Optional[tuple[str, ...]] = None
    assessed_before: Optional[bool] = None
    in_aland: bool = False

    @classmethod
    def read(cls, case: dict[str, Any], on: Optional[date] = None) -> Case:
        """Check the fields of a case.

        Args:
            case: the fields of `vocabulary.FIELDS`; missing, None and "unknown" are the same.
            on: the day asked about when the case has no `as_of`; today in Finland by default.

        Raises:
            CaseError: if a field does not exist or has a value that cannot be.
        """
        if not isinstance(case, dict):
            raise CaseError("the case must be a mapping of fields")
        unexpected = sorted(str(key) for key in case if key not in FIELDS)
        if unexpected:
            raise CaseError(f"{shown(unexpected[0])}: there is no such field")
        known = {
            key: value for key, value in case.items() if value is not None and value != UNKNOWN
        }
        as_of = read_date("as_of", known.get("as_of")) or on or datetime.now(HELSINKI).date()
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

    def facts(self, window_years: Optional[int]) -> dict[str, Any]:
        """The case as the rules' conditions see it, under a law with a window of some years."""
        times = self.times(window_years)
        young = before_birth = None
        if self.age is not None:
            young = self.age < WORKING_AGE
            if self.first_permit_date is not None:
                # Somebody who is 3 now was born at most four years ago.
                born = years_later(self.as_of, -(self.age + 1))
                before_birth = self.first_permit_date.last < born
        return {
            "permit": self.permit,
            "situation": self.situation,
            "benefits": self.benefits,
            "has_municipality_of_residence": self.has_municipality_of_residence,
            "assessed_before": self.assessed_before,
            "aland": self.in_aland,
            "time": times[0] if len(times) == 1 else None,
            "age_group": self._age_group(),
            "too_young_to_work": young,
            "permit_before_birth": before_birth,
        }

    def times(self, window_years: Optional[int]) -> tuple[str, ...]:
        """When the first permit can have begun: before, within or after the window (or several)."""
        period = self.first_permit_date
        if period is None:
            return ("before", "within", "after")
        possible = dict.fromkeys(
            self._time(day, window_years) for day in (period.last, period.first)
        )
        if {"before", "after"} <= possible.keys():
            return ("before", "within", "after")
        return tuple(possible)

    def _time(self, day: date, window_years: Optional[int]) -> str:
        if day > self.as_of:
            return "before"
        if window_years is not None and self.as_of > years_later(day, window_years):
            return "after"
        return "within"

    def _age_group(self) -> Optional[str]:
        if self.age is None:
            return None
        return "minor" if self.age < ADULT_AGE else "adult"


def years_later(day: date, years: int) -> date:
    """The same day some years later; the last day of February when there is no such day."""
    year = max(day.year + years, date.min.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def shown(value: Any) -> str:
    """A wrong value in a message: quoted, on one line, not long."""
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def read_date(name: str, value: Any) -> Optional[date]:
    """Read a day "2026-11-24".

    Raises:
        CaseError: if it is not a day that exists.
    """
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
            f"{name}: {shown(value)} is not a date such as 2026-11-24 (year-month-day)"
        ) from None


def _choice(name: str, value: Any, choices: tuple[str, ...]) -> Optional[str]:
    if value is None:
        return None
    if not isinstance(value, str) or value not in choices:
        raise CaseError(f"{name}: {shown(value)} is not one of {', '.join(choices)}")
    return value


def _truth(name: str, value: Any) -> Optional[bool]:
    if value is not None and not isinstance(value, bool):
        raise CaseError(f"{name}: {shown(value)} is not true or false")
    return value


def _first_permit_date(value: Any, as_of: date) -> Optional[Period]:
    period = Period.read("first_permit_date", value)
    if period is not None and not -OLDEST_AGE <= period.first.year - as_of.year <= FARTHEST_YEARS:
        raise CaseError(f"first_permit_date: {shown(value)} cannot be right for a case on {as_of}")
    return period


def _age(value: Any) -> Optional[int]:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= OLDEST_AGE:
        raise CaseError(f"age: {shown(value)} is not a whole number from 0 to {OLDEST_AGE}")
    return value


def _benefits(value: Any) -> Optional[tuple[str, ...]]:
    if value is None:
        return None
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise CaseError(f"benefits: {shown(value)} is not a list")
    for benefit in value:
        if not isinstance(benefit, str) or benefit not in BENEFITS:
            raise CaseError(f"benefits: {shown(benefit)} is not one of {', '.join(BENEFITS)}")
    return tuple(sorted(value))


def _municipality(value: Any) -> tuple[Optional[str], bool]:
    """(code, is it in Åland)."""
    if value is None:
        return None, False
    code = value.strip() if isinstance(value, str) else ""
    if not (code.isascii() and code.isdigit() and len(code) <= 3):
        raise CaseError(f"municipality: {shown(value)} is not a municipality's code such as 091")
    code = code.zfill(3)
    try:
        from assistant.catalogue.municipalities import municipality

        found = municipality(code)
    except (ImportError, OSError, KeyError, TypeError, yaml.YAMLError):
        # The list is only needed to tell Åland apart.
        logger.exception("the list of municipalities cannot be read")
        return code, False
    if found is None:
        raise CaseError(f"municipality: no municipality has the code {shown(code)}")
    return code, found.in_aland
