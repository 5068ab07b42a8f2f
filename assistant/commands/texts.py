"""`kuntaopas texts`: the texts and their translations."""

from __future__ import annotations

import sys

import typer

from assistant.commands.common import AsJson, print_json

texts_app = typer.Typer(help="Texts and their translations.")


@texts_app.command("check")
def texts_check(as_json: bool = AsJson) -> None:
    """Completeness and health of every message catalogue."""
    from assistant.i18n.check import check_locales

    result = check_locales()
    if as_json:
        print_json([problem.as_dict() for problem in result.problems])
    else:
        for language, (done, total) in result.counts.items():
            sys.stdout.write(f"{language}: {done} of {total} texts\n")
        for problem in result.problems:
            sys.stdout.write(f"{problem}\n")
    if result.problems:
        sys.exit(1)


@texts_app.command("update")
def texts_update() -> None:
    """Bring the message catalogues up to date with code and data."""
    from assistant.i18n.update import update_locales

    for language, missing in update_locales().items():
        sys.stdout.write(f"{language}: {missing} texts are not translated\n")
