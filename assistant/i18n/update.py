"""Brings the message catalogues up to date with the texts in code and data."""

from __future__ import annotations

from configparser import RawConfigParser
from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po
from babel.util import pathmatch

from assistant.i18n.catalogs import LOCALES, po_path
from assistant.i18n.languages import SERVED, SOURCE_LANGUAGE
from assistant.settings import PROJECT_ROOT

KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "marked": None}
HEADER = """\
Kuntaopas: texts in {language}.
Written by: {author}
Reviewed by a native speaker: {reviewed}"""
DRAFT_AUTHOR = "draft by the Kuntaopas developers with machine help"
FOLDERS = ("assistant", "actions", "data/guidance", "data/catalogue")


def template(root: Path = PROJECT_ROOT) -> Catalog:
    """All translatable texts, as `babel.cfg` names them."""
    config = RawConfigParser()
    config.read(root / "babel.cfg", encoding="utf-8")
    extractors = dict(config.items("extractors"))
    rules = [
        (section.split(":", 1)[0].strip(), section.split(":", 1)[1].strip(), dict(config[section]))
        for section in config.sections()
        if ":" in section
    ]
    catalog = Catalog(domain="kuntaopas", project="Kuntaopas", fuzzy=False)
    paths = [root / "domain.yml"]
    for folder in FOLDERS:
        paths += sorted((root / folder).rglob("*.py")) + sorted((root / folder).rglob("*.yml"))
    for path in paths:
        name = path.relative_to(root).as_posix()
        for method, pattern, options in rules:
            if not pathmatch(pattern, name):
                continue
            method = extractors.get(method, method)
            for line, message, comments, _ in extract_from_file(
                method, path, keywords=KEYWORDS, options=options
            ):
                if message:
                    # Line numbers would change every catalogue with every edit.
                    catalog.add(message, None, [(name, 0)], auto_comments=comments if line else ())
            break
    return catalog


def update_locales(root: Path = PROJECT_ROOT, locales: Path = LOCALES) -> dict[str, int]:
    """Write the `.po` file of every language; texts that are gone are removed.

    Returns:
        How many texts each language lacks.
    """
    source = template(root)
    return {
        code: update_catalog(code, source, locales) for code in SERVED if code != SOURCE_LANGUAGE
    }


def update_catalog(code: str, source: Catalog, locales: Path = LOCALES) -> int:
    """Write the `.po` file of a language; a new one says that nobody has reviewed it.

    Args:
        code: of the language.
        source: all texts, see `template`.
        locales: the folder of all message catalogues.

    Returns:
        How many texts the language lacks.
    """
    path = po_path(code, locales)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=code)
        catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
    else:
        catalog = Catalog(
            locale=code,
            domain="kuntaopas",
            project="Kuntaopas",
            version=version("kuntaopas"),
            last_translator=f"none: {DRAFT_AUTHOR}",
            language_team=code,
            msgid_bugs_address="docs/translating.md",
            header_comment="# "
            + HEADER.format(language=code, author=DRAFT_AUTHOR, reviewed="no").replace(
                "\n", "\n# "
            ),
            fuzzy=False,
        )
        catalog.update(source)
    write_catalog(catalog, path)
    return sum(1 for message in catalog if message.id and not message.string)


def write_catalog(catalog: Catalog, path: Path) -> None:
    """Write a message catalogue in a stable order, so that differences are easy to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_by_file=True, include_lineno=False, width=100)
