"""Guides: what to do about a need, where, and what else to know.

One file a need, `data/guidance/needs/<topic>/<need>.yml`; `_topic.yml` is the topic's general
guide, used for needs that have none of their own. docs/content.md describes the fields.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from assistant.guidance.sources import Source, load_sources
from assistant.settings import PROJECT_ROOT

logger = logging.getLogger(__name__)

FOLDER = PROJECT_ROOT / "data" / "guidance" / "needs"
TOPIC_FILE = "_topic"
#: Facts of other statuses are not shown (docs/content.md).
SHOWN_STATUSES = ("verified", "dated")


@dataclass(frozen=True)
class Guide:
    """A guide in English; texts are translated one by one when they are shown."""

    id: str
    title: str
    do: tuple[str, ...]
    where: str
    know: tuple[str, ...]
    simple: str
    topics: tuple[str, ...]
    local: bool
    contacts: tuple[str, ...]
    related: tuple[str, ...]
    legal_basis: Optional[str]
    sources: tuple[Source, ...]
    status: str
    checked: date
    valid_from: Optional[date] = None
    valid_until: Optional[date] = None

    @property
    def topic(self) -> str:
        """The topic's id."""
        return self.id.split("/")[0]

    def in_force(self, on: date) -> bool:
        """True when the guide's facts hold on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )

    def texts(self) -> Iterator[tuple[str, str]]:
        """(field, text) of everything that is translated."""
        yield "title", self.title
        for number, step in enumerate(self.do, start=1):
            yield f"do.{number}", step
        yield "where", self.where
        for number, sentence in enumerate(self.know, start=1):
            yield f"know.{number}", sentence
        if self.simple:
            yield "simple", self.simple


@dataclass(frozen=True)
class Guides:
    """All guides by id, and what is wrong with the files that could not be read."""

    guides: dict[str, Guide]
    problems: tuple[str, ...] = ()

    def find(self, topic: str, need: Optional[str] = None) -> Optional[Guide]:
        """The guide of a need, or its topic's general one."""
        if need and f"{topic}/{need}" in self.guides:
            return self.guides[f"{topic}/{need}"]
        return self.guides.get(topic)


class GuideError(ValueError):
    """A guide file that cannot be used; the message names the file and what is wrong."""


def parse_guide(identifier: str, content: Any, sources: dict[str, Source]) -> Guide:
    """Make a guide of a file's content.

    Raises:
        GuideError: if a field is missing, a source unknown, or the status not to be shown.
    """
    if not isinstance(content, dict):
        raise GuideError(f"{identifier}: not a mapping of fields")
    missing = [key for key in ("title", "do", "where", "sources", "checked") if key not in content]
    if missing:
        raise GuideError(f"{identifier}: lacks {', '.join(missing)}")
    status = content.get("status", "verified")
    if status not in SHOWN_STATUSES:
        raise GuideError(f"{identifier}: status {status!r} is not shown to people")
    unknown = [str(key) for key in content["sources"] if str(key) not in sources]
    if unknown:
        raise GuideError(f"{identifier}: unknown source {', '.join(unknown)}")
    search = content.get("search") or {}
    return Guide(
        id=identifier,
        title=content["title"],
        do=tuple(content["do"]),
        where=content["where"],
        know=tuple(content.get("know") or ()),
        simple=content.get("simple") or "",
        topics=tuple(search.get("topics") or (identifier.split("/")[0],)),
        local=bool(search.get("local", True)),
        contacts=tuple(content.get("contacts") or ()),
        related=tuple(content.get("related") or ()),
        legal_basis=content.get("legal_basis"),
        sources=tuple(sources[str(key)] for key in content["sources"]),
        status=status,
        checked=content["checked"],
        valid_from=content.get("valid_from"),
        valid_until=content.get("valid_until"),
    )


@lru_cache(maxsize=4)
def load_guides(folder: Path = FOLDER) -> Guides:
    """Read all guides. A broken file is left out and named in `problems`, never an error."""
    sources = load_sources()
    guides: dict[str, Guide] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*/*.yml")):
        topic, need = path.parent.name, path.stem
        identifier = topic if need == TOPIC_FILE else f"{topic}/{need}"
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            guides[identifier] = parse_guide(identifier, content, sources)
        except (yaml.YAMLError, GuideError, TypeError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: {' '.join(str(error).split())}")
            logger.warning("guide %s is left out: %s", identifier, type(error).__name__)
    return Guides(guides, tuple(problems))
