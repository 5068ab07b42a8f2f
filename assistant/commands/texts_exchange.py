"""`kuntaopas texts export`, `import` and `preview`: for translators and reviewers without git."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Optional

import typer

from assistant.commands.common import AsJson, print_json, served_language
from assistant.commands.texts import texts_app


@texts_app.command("export")
def texts_export(
    file: Path = typer.Argument(..., help="A name that ends in .xlsx, .po or .xlf"),
    language: Optional[list[str]] = typer.Option(
        None, "--language", help="Such as ru; can be repeated for .xlsx"
    ),
    only: str = typer.Option("all", "--only", help="missing, unreviewed or all"),
    overwrite: bool = typer.Option(False, "--overwrite", help="Replace a file that is there"),
) -> None:
    """Write texts and translations to a file for translators."""
    from assistant.i18n.exchange import ONLY, export_texts

    if only not in ONLY:
        raise typer.BadParameter(f"choose one of {', '.join(ONLY)}", param_hint="only")
    for code in language or ():
        served_language(code)
    counts = export_texts(file, language or (), only, overwrite=overwrite)
    for code, count in counts.items():
        sys.stderr.write(f"{code}: {count} texts\n")
    written = any(counts.values())
    sys.stderr.write(f"Wrote {file}.\n" if written else f"No text is {only}: nothing to write.\n")


@texts_app.command("import")
def texts_import(
    file: Path = typer.Argument(..., help="An .xlsx, .po or .xlf file"),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only tell what would come of it"),
    language: Optional[str] = typer.Option(
        None, "--language", help="Of the file, when it does not say it"
    ),
    reviewer: str = typer.Option(
        "", "--reviewer", help="NAME, DATE of who marked texts as reviewed without a name"
    ),
    as_json: bool = AsJson,
) -> None:
    """Take translations and reviews from a file; every row that is not taken is listed."""
    from assistant.i18n.exchange import import_texts

    outcome = import_texts(file, dry_run, served_language(language), reviewer)
    if as_json:
        print_json(outcome.as_dict())
        return
    for line in outcome.lines():
        sys.stdout.write(f"{line}\n")
    if dry_run:
        sys.stderr.write("Nothing was written (--dry-run).\n")


@texts_app.command("preview")
def texts_preview(
    file: Path = typer.Argument(..., metavar="FILE.html"),
    language: Optional[list[str]] = typer.Option(
        None, "--language", help="Such as ru; can be repeated; all when missing"
    ),
) -> None:
    """Write all guides as people see them to one page, with what is missing and what is old."""
    from assistant.guidance.preview import write_preview

    for code in language or ():
        served_language(code)
    count = write_preview(file, language or ())
    sys.stderr.write(f"Wrote {count} guides to {file}.\n")
