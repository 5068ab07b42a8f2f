"""What the checks of texts find."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Problem:
    """One fault of one text in one language."""

    language: str
    kind: str
    message: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.language}: {self.kind}: {self.message!r} {self.detail}".rstrip()

    def as_dict(self) -> dict[str, str]:
        """For `--json`."""
        return asdict(self)


@dataclass
class CheckResult:
    """How complete each language is, and what is wrong.

    Attributes:
        counts: per language, how many texts are translated, of how many.
        problems: in the order of the languages and the texts.
        translations: per language, source text -> translation, of what is translated.
    """

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
