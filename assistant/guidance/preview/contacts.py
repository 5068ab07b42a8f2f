"""The contacts that guides show, as `data/catalogue/national.yml` has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.catalogue.phones import shown
from assistant.settings import PROJECT_ROOT

NATIONAL = PROJECT_ROOT / "data" / "catalogue" / "national.yml"


@dataclass(frozen=True)
class Contact:
    """A national service: its English name, phone numbers and address on the web."""

    name: str
    phones: tuple[str, ...]
    url: str


@lru_cache(maxsize=2)
def load_contacts(path: Path = NATIONAL) -> dict[str, Contact]:
    """All national contacts by id."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load(path.read_text(encoding="utf-8"), loader)
    return {
        str(entry["id"]): Contact(
            str(entry["name"]),
            tuple(shown(str(phone["number"])) for phone in entry.get("phones") or ()),
            str(entry.get("url") or ""),
        )
        for entry in entries
    }
