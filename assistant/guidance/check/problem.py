"""What the check of the guidance finds, how bad it is and what to do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]

#: kind -> how bad it is, and what to do.
KINDS: dict[str, tuple[Severity, str]] = {
    # Files
    "unreadable": ("error", "Correct the file: until then nothing of it is shown."),
    "missing_field": ("error", "Add the field (docs/content.md)."),
    "not_shown_status": (
        "error",
        "Look the fact up: set verified or dated when you have seen it, else remove the text.",
    ),
    "unknown_source": ("error", "Correct the id, or add the source to sources.yml."),
    "unknown_contact": ("error", "Correct the id, or add the contact to national.yml."),
    "unknown_related": ("error", "Name a need or a topic of domain.yml."),
    "unknown_topic": ("error", "Name a topic of domain.yml."),
    "unknown_need": ("error", "Rename the file to a need of domain.yml, or add the need there."),
    "no_guide": ("error", "Write the guide, or a _topic.yml for its topic."),
    "expired": ("error", "Read the law and the sources again; correct the guide or its days."),
    # Translations
    "lost_placeholder": ("error", "Correct the translation: keep {placeholders} as they are."),
    "lost_number": ("error", "Correct the translation: keep numbers as they are."),
    # Figures
    "figure_without_source": (
        "error",
        "Find a source and add the figure to facts.yml, or remove the sentence.",
    ),
    "figure_not_checked": (
        "error",
        "Look the figure up and set its status in facts.yml, or remove the sentence.",
    ),
    "figure_not_cited": ("error", "Add a source of the figure to the guide or the sentence."),
    "figure_expired": ("error", "Look the figure up again, or remove the sentence."),
    "perishable_without_end": (
        "error",
        "Sums of money and hours change: set valid_until in facts.yml, or remove them.",
    ),
    "bad_fact": ("error", "Correct the entry of facts.yml (its first lines say how)."),
    # Warnings
    "old_guide": ("warning", "Read its sources again and set checked."),
    "old_source": ("warning", "Open the page; correct what has changed and set checked."),
    "old_fact": ("warning", "Look the figure up again and set checked."),
    "older_than_source": ("warning", "Compare the guide with the source and set checked."),
    "expires_soon": ("warning", "Find out what is true afterwards."),
    "unused_source": ("warning", "Remove the source, or cite it."),
    "unused_fact": ("warning", "Remove the entry of facts.yml, or what it no longer names."),
    "dated_source": ("warning", "Look for a newer source."),
    "dated_figure": (
        "warning",
        "Find a newer source, or say that it has to be checked (status dated).",
    ),
    "topic_guide_only": ("warning", "Write a guide of its own for the need."),
    "no_phrases": ("warning", "Write training phrases in data/nlu: nobody finds this guide."),
    "not_https": ("warning", "Use the https address."),
    "same_address": ("warning", "Use one id, or the address of the very page."),
    "unknown_host": ("warning", "Look for a source of an authority, or add it to hosts.yml."),
    "dead_link": ("warning", "Find the new address, or another source."),
    "suspicious_link": ("warning", "Open the address; correct it if it has moved."),
}


@dataclass(frozen=True)
class Problem:
    """One problem: where it is, for which need and language, and what it is about."""

    kind: str
    file: str
    need: str = ""
    detail: str = ""
    language: str = ""

    @property
    def severity(self) -> Severity:
        """`error` when people would be shown something wrong or nothing at all."""
        return KINDS[self.kind][0]

    @property
    def todo(self) -> str:
        """What to do about it."""
        return KINDS[self.kind][1]

    def __str__(self) -> str:
        where = " ".join(part for part in (self.file, self.need, self.language) if part)
        return f"{where}: {self.detail}" if self.detail else where

    def as_dict(self) -> dict[str, str]:
        """For `--json`."""
        return {"severity": self.severity, **asdict(self), "todo": self.todo}
