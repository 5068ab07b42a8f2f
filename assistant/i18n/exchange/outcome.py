"""What came of the rows of an import."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refused:
    """A row that was not taken, and why."""

    place: str
    source: str
    translation: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}: {self.source!r}"


@dataclass
class LanguageOutcome:
    """The rows of one language.

    Attributes:
        taken: rows whose translation was written.
        unchanged: rows that say what is there already, or nothing where nothing is.
        reviewed: texts that have a reviewer now and had none, or another.
        covered: the reviewers, when all texts of the language are reviewed.
        refused: the other rows.
        remarks: comments of the translator and what was left aside, with its place.
    """

    language: str
    taken: int = 0
    unchanged: int = 0
    reviewed: int = 0
    covered: str = ""
    refused: list[Refused] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All rows: each one is counted once."""
        return self.taken + self.unchanged + len(self.refused)

    def lines(self) -> list[str]:
        """The outcome for people, one fact a line."""
        head = (
            f"{self.language}: {self.taken} taken, {self.unchanged} unchanged,"
            f" {len(self.refused)} not taken, {self.reviewed} newly reviewed"
        )
        lines = [head]
        if self.covered:
            lines.append(f"  all texts are reviewed: {self.covered}")
        lines += [f"  not taken, {refused}" for refused in self.refused]
        lines += [f"  {remark}" for remark in self.remarks]
        return lines


@dataclass
class Outcome:
    """All languages of a file."""

    languages: list[LanguageOutcome] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The outcome for people, one fact a line."""
        return [line for one in self.languages for line in one.lines()] + self.remarks

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)
