"""What the commands share: options, settings that the command line changes, JSON in and out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Optional

import typer

from assistant.errors import KuntaopasError
from assistant.settings import Settings, get_settings

Database = typer.Option(None, "--database", help="SQLite file or PostgreSQL URL")
AsJson = typer.Option(False, "--json", help="Print JSON")


class CommandFailed(KuntaopasError):
    """A command cannot be done."""


def settings_with(database: Optional[str], **changes: Any) -> Settings:
    """The settings, with what the command line changes; child processes see them too."""
    if database:
        os.environ["KUNTAOPAS_DATABASE_URL"] = (
            database if "://" in database else str(Path(database).absolute())
        )
    for name, value in changes.items():
        if value is not None:
            os.environ[f"KUNTAOPAS_{name.upper()}"] = str(value)
    get_settings.cache_clear()
    return get_settings()


def print_json(value: Any) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def json_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The JSON objects of an input, one a line.

    Raises:
        CommandFailed: naming the line that is no JSON object.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise CommandFailed(f"line {number} is not JSON: {error}") from error
        if not isinstance(value, dict):
            raise CommandFailed(f"line {number} is not a JSON object")
        yield value


def served_language(language: Optional[str]) -> Optional[str]:
    """The code of a served language that an option names (none when it was not given).

    Raises:
        typer.BadParameter: naming the languages that are served.
    """
    from assistant.i18n.languages import LANGUAGES

    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(
            f"{language!r} is not served: choose one of {', '.join(LANGUAGES)}",
            param_hint="language",
        )
    return language
