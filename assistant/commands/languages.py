"""`kuntaopas languages`: the languages that are served, and how another one is added."""

from __future__ import annotations

import sys
from typing import Any, Optional

import typer

from assistant.commands.common import AsJson, print_json

languages_app = typer.Typer(help="The languages that are served.")

NEXT = """\
Added {name} ({code}, {script}, {direction}) as a draft: {missing} texts are to be translated.
Next:
1. Translate {catalogue}
   (docs/translating.md; `kuntaopas texts export`). What is missing is shown in English, marked so.
2. {sentences}
3. `make texts`, then `make train`.
4. `kuntaopas languages list` shows how far it is; docs/translating.md says when it is done.
"""


@languages_app.command("add")
def languages_add(
    code: str = typer.Argument(..., help="Two or three letters, such as vi"),
    name: Optional[str] = typer.Option(None, help="Own name, where CLDR's is not the best"),
    direction: Optional[str] = typer.Option(None, help="ltr or rtl, where CLDR is wrong"),
    script: Optional[str] = typer.Option(None, help="Such as Latin, where CLDR is wrong"),
) -> None:
    """Serve another language: an unreviewed draft whose texts are to be translated."""
    from assistant.i18n.new_language import add_language
    from assistant.settings import PROJECT_ROOT

    added = add_language(code.strip().lower(), name, direction, script)
    sys.stdout.write(
        NEXT.format(
            name=added.language.own_name,
            code=added.language.code,
            direction=added.language.direction,
            script=added.language.script,
            missing=added.missing,
            catalogue=added.catalogue.relative_to(PROJECT_ROOT),
            sentences=_about_sentences(added.language.code),
        )
    )


@languages_app.command("list")
def languages_list(as_json: bool = AsJson) -> None:
    """Every language: texts translated, draft or reviewed, training phrases."""
    from assistant.i18n import SERVED

    rows = [_row(code) for code in SERVED]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        texts = f"{row['translated']} of {row['texts']} texts" if row["texts"] else ""
        phrases = f"{row['phrases']} phrases" if row["phrases"] else "no phrases"
        sys.stdout.write(
            f"{row['code']:<4}{texts:<21}{phrases:<14}{row['state']:<16}{row['own_name']}\n"
        )


def _row(code: str) -> dict[str, Any]:
    from assistant.catalogue.training_phrases import QUESTIONS, training_phrases
    from assistant.i18n import LANGUAGES
    from assistant.i18n.coverage import coverage_of

    language = LANGUAGES[code]
    coverage = coverage_of(language)
    files = sorted((QUESTIONS / code).glob("*.yml"))
    return {
        "code": code,
        "own_name": language.own_name,
        "direction": language.direction,
        "script": language.script,
        "state": coverage.state(language),
        "texts": coverage.texts,
        "translated": coverage.translated,
        "reviewed": coverage.reviewed,
        "phrases": sum(1 for path in files for _ in training_phrases(path)),
    }


def _about_sentences(code: str) -> str:
    """What shows the language identifier how the language is written."""
    from assistant.i18n.languages import FOLDER
    from assistant.nlu.known_languages import ENOUGH

    path = FOLDER / f"{code}.txt"
    count = 0
    if path.exists():
        count = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    name = f"data/languages/{path.name}"
    if count >= ENOUGH:
        return f"{name} has {count} sentences by which the language is recognised: enough."
    return (
        f"Write {ENOUGH} to 200 everyday sentences into {name}, one a line: by them the language\n"
        "   is recognised (until then by names that CLDR has). Training phrases are not needed."
    )
