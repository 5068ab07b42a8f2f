"""The texts of the own catalogue that are to be translated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.catalogue.importers.own import FIXED_TEXTS
from assistant.catalogue.municipalities import DATA, read_yaml


def messages(folder: Path = DATA) -> Iterator[tuple[str, str, str]]:
    """(file, key, text) of every text of the own catalogue that is to be translated."""
    for number, text in enumerate(FIXED_TEXTS, start=1):
        yield "assistant/catalogue/importers/own.py", f"fixed.{number}", text
    national = folder / "national.yml"
    if national.exists():
        for item in read_yaml(national):
            yield from _texts(_name(national), item)
    demo = folder / "demo.yml"
    if demo.exists():
        data = read_yaml(demo)
        yield _name(demo), "organization.summary", data["organization"]["summary"]
        for item in data["services"]:
            yield from _texts(_name(demo), item)


def _name(path: Path) -> str:
    return f"data/catalogue/{path.name}"


def _texts(file: str, item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in ("name", "summary"):
        if item.get(key):
            yield file, f"{item['id']}.{key}", item[key]
    for number, phone in enumerate(item.get("phones") or ()):
        if phone.get("label"):
            yield file, f"{item['id']}.phones.{number}.label", phone["label"]
