"""Translations of guides that have lost what must not be lost: placeholders and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from babel.messages.catalog import Catalog

from assistant.guidance.check.data import Entry, GuidanceData, guide_texts
from assistant.guidance.check.problem import Problem
from assistant.i18n.check import check_locales

#: A word of the fault's name in `texts check` -> the kind here. `texts check` names the others.
KINDS = {"placeholder": "lost_placeholder", "number": "lost_number"}


def translation_problems(data: GuidanceData) -> Iterator[Problem]:
    """The errors in translations of guides, each with the first guide that has the text."""
    owners: dict[str, Entry] = {}
    catalog = Catalog(fuzzy=False)
    for guide in data.guides.values():
        for text in guide_texts(guide):
            owners.setdefault(text, guide)
            catalog.add(text)
    for fault in check_locales(data.locales, catalog).problems:
        for word, kind in KINDS.items():
            if word in fault.kind and fault.message in owners:
                guide = owners[fault.message]
                yield Problem(kind, guide.file, guide.id, fault.message, fault.language)
