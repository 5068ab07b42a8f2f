"""The data of the guidance as it is written in the files, before anything is refused.

The check looks at what the loaders leave out, so it reads the files itself. A file that cannot be
read becomes a problem, and the others are still looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Optional

import yaml

from assistant.catalogue.training_phrases import training_phrases
from assistant.guidance.check.problem import Problem
from assistant.guidance.guides import TOPIC_FILE
from assistant.guidance.topics import Topics, load_topics
from assistant.settings import PROJECT_ROOT

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Text:
    """An English text that people read, where it stands, and what it rests on."""

    id: str
    file: str
    text: str
    #: Sources cited beside the text, for people to read; None when it cites none of its own.
    sources: Optional[tuple[str, ...]]
    #: Of the guide, the sentence or the contact.
    status: str


@dataclass(frozen=True)
class Entry:
    """What is written of one guide, source, sentence, contact or figure."""

    id: str
    file: str
    content: dict[str, Any]

    def names(self, field_name: str) -> tuple[str, ...]:
        """The ids that a field lists; none when the field is not a list."""
        value = self.content.get(field_name)
        return tuple(str(one) for one in value) if isinstance(value, list) else ()

    def day(self, field_name: str) -> Optional[date]:
        """The day that a field holds, if it does."""
        value = self.content.get(field_name)
        return value if isinstance(value, date) else None

    @property
    def status(self) -> str:
        """Its status; a guide that says nothing is verified (as when it is loaded)."""
        return str(self.content.get("status", "verified"))


@dataclass
class GuidanceData:
    """Everything that the check looks at, and what could not be read."""

    root: Path
    topics: Topics
    guides: dict[str, Entry] = field(default_factory=dict)
    sources: dict[str, Entry] = field(default_factory=dict)
    contacts: dict[str, Entry] = field(default_factory=dict)
    sentences: dict[str, Entry] = field(default_factory=dict)
    questions: dict[str, Entry] = field(default_factory=dict)
    responses: dict[str, Entry] = field(default_factory=dict)
    facts: list[Entry] = field(default_factory=list)
    #: Files of the assessment, by name.
    laws: dict[str, Entry] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    #: language -> the needs that a training phrase leads to.
    phrases: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def locales(self) -> Path:
        """Where the translations lie."""
        return self.root / "assistant" / "i18n" / "locales"

    def texts(self) -> Iterator[Text]:
        """Every English text of guides, assessment, national contacts and the assistant itself."""
        for guide in self.guides.values():
            for text in guide_texts(guide):
                yield Text(guide.id, guide.file, text, guide.names("sources"), guide.status)
        for sentence in self.sentences.values():
            named = sentence.names("sources") or None
            text = str(sentence.content.get("text", ""))
            yield Text(f"sentence:{sentence.id}", sentence.file, text, named, sentence.status)
        for question in self.questions.values():
            text = str(question.content.get("why", ""))
            yield Text(f"question:{question.id}", question.file, text, None, "verified")
        for contact in self.contacts.values():
            cited = (str(contact.content.get("source")),)
            for text in contact_texts(contact):
                yield Text(f"contact:{contact.id}", contact.file, text, cited, contact.status)
        for response in self.responses.values():
            text = str(response.content.get("text", ""))
            yield Text(f"response:{response.id}", response.file, text, None, "verified")


def guide_texts(guide: Entry) -> Iterator[str]:
    """The texts of a guide that are shown and translated."""
    for name in ("title", "do", "where", "know", "simple"):
        value = guide.content.get(name)
        yield from (str(one) for one in (value if isinstance(value, list) else [value]) if one)


def contact_texts(contact: Entry) -> Iterator[str]:
    """What a card of a contact shows: its words, telephone numbers, hours and web addresses."""
    for name in ("name", "summary", "hours", "url", "e_service_url"):
        if contact.content.get(name):
            yield str(contact.content[name])
    for phone in contact.content.get("phones") or ():
        yield str(phone.get("number", ""))
        yield str(phone.get("label", ""))


def read_data(root: Path = PROJECT_ROOT) -> GuidanceData:
    """Read the files under a project's folder.

    Raises:
        OSError: if domain.yml, which names the topics and needs, cannot be read.
    """
    domain = root / "domain.yml"
    data = GuidanceData(root, load_topics(domain))
    guidance = root / "data" / "guidance"
    for path in sorted((guidance / "needs").glob("*/*.yml")):
        topic, need = path.parent.name, path.stem
        identifier = topic if need == TOPIC_FILE else f"{topic}/{need}"
        content = _mapping(data, path, identifier)
        if content is not None:
            data.guides[identifier] = Entry(identifier, _name(data, path), content)
    data.sources = _by_id(data, guidance / "sources.yml")
    data.contacts = _by_id(data, root / "data" / "catalogue" / "national.yml")
    for path in sorted((guidance / "assessment").glob("*.yml")):
        content = _mapping(data, path)
        if content is None:
            continue
        data.laws[path.name] = Entry(path.stem, _name(data, path), content)
        found = {
            str(key): Entry(str(key), _name(data, path), value)
            for key, value in content.items()
            if isinstance(value, dict)
        }
        if path.stem == "sentences":
            data.sentences = found
        elif path.stem == "questions":
            data.questions = found
    facts = _list(data, guidance / "facts.yml")
    data.facts = [
        Entry(str(fact.get("means", "")), _name(data, guidance / "facts.yml"), fact)
        for fact in facts
    ]
    hosts = guidance / "hosts.yml"
    data.hosts = tuple(str(host) for host in _read(data, hosts, list) or ())
    data.responses = _responses(data, domain)
    data.phrases = _phrases(root / "data" / "nlu")
    return data


def _name(data: GuidanceData, path: Path) -> str:
    return path.relative_to(data.root).as_posix()


def _read(data: GuidanceData, path: Path, kind: type, need: str = "") -> Any:
    """The content of a file that has the right form; None, and a problem, if it has not."""
    if not path.exists():
        return None
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        detail = " ".join(str(error).split())
        data.problems.append(Problem("unreadable", _name(data, path), need, detail))
        return None
    if not isinstance(content, kind):
        detail = "not a list of entries" if kind is list else "not a mapping of fields"
        data.problems.append(Problem("unreadable", _name(data, path), need, detail))
        return None
    return content


def _mapping(data: GuidanceData, path: Path, need: str = "") -> Optional[dict[str, Any]]:
    found: Optional[dict[str, Any]] = _read(data, path, dict, need)
    return found


def _list(data: GuidanceData, path: Path) -> list[dict[str, Any]]:
    """The entries of a file that are mappings; the others become problems."""
    entries = []
    for entry in _read(data, path, list) or ():
        if isinstance(entry, dict):
            entries.append(entry)
        else:
            detail = f"{entry!r} is not a mapping of fields"
            data.problems.append(Problem("unreadable", _name(data, path), "", detail))
    return entries


def _by_id(data: GuidanceData, path: Path) -> dict[str, Entry]:
    found = {}
    for entry in _list(data, path):
        if "id" in entry:
            found[str(entry["id"])] = Entry(str(entry["id"]), _name(data, path), entry)
        else:
            data.problems.append(Problem("missing_field", _name(data, path), "", "id"))
    return found


def _responses(data: GuidanceData, domain: Path) -> dict[str, Entry]:
    """The assistant's own words; the names of topics and needs hold no figures."""
    content = _read(data, domain, dict) or {}
    return {
        key: Entry(key, _name(data, domain), {"text": variations[0]["text"]})
        for key, variations in content.get("responses", {}).items()
        if "/" not in key and variations and "text" in variations[0]
    }


def _phrases(folder: Path, read: Callable[[Path], Any] = training_phrases) -> dict[str, set[str]]:
    return {
        language.name: {
            intent for path in sorted(language.glob("*.yml")) for intent, _ in read(path)
        }
        for language in sorted(folder.glob("*"))
        if language.is_dir()
    }
