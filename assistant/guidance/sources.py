"""Where facts come from: `data/guidance/sources.yml`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.settings import PROJECT_ROOT

SOURCES = PROJECT_ROOT / "data" / "guidance" / "sources.yml"


@dataclass(frozen=True)
class Source:
    """A page that a fact was read on."""

    id: str
    title: str
    url: str
    checked: date

    def as_dict(self) -> dict[str, str]:
        """The form of the channel-neutral message."""
        return {"title": self.title, "url": self.url, "checked": self.checked.isoformat()}


@lru_cache(maxsize=4)
def load_sources(path: Path = SOURCES) -> dict[str, Source]:
    """All sources by id.

    Raises:
        ValueError: if an entry lacks a field, naming the entry.
    """
    sources: dict[str, Source] = {}
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        try:
            identifier = str(entry["id"])
            sources[identifier] = Source(
                identifier, str(entry["title"]), str(entry["url"]), entry["checked"]
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path}: source {entry!r} lacks {error}") from error
    return sources
