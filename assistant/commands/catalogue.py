"""`kuntaopas catalogue`: import, search and check the service catalogue."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Optional

import typer

from assistant.commands.common import AsJson, Database, print_json, settings_with

catalogue_app = typer.Typer(help="Import, search and check the service catalogue.")


@catalogue_app.command("import")
def catalogue_import(
    source: str = typer.Argument(
        ..., help="ptv, hsds, servicemap, linkedevents, lipas, cpsv or table"
    ),
    path_or_url: str = typer.Argument(..., metavar="PATH"),
    municipality: Optional[str] = typer.Option(None, help="Code, such as 853"),
    dry_run: bool = typer.Option(False, "--dry-run", help="Read and report, store nothing"),
    changes: bool = typer.Option(
        False, "--changes", help="Ask an API only for what has changed since the last import"
    ),
    report: Optional[Path] = typer.Option(None, help="Write the report as JSON"),
    database: Optional[str] = Database,
    as_json: bool = AsJson,
) -> None:
    """Import services; prints what was read, kept, changed, withdrawn and skipped."""
    from assistant.catalogue import import_source, open_store
    from assistant.embedding import CachedEncoder, load_encoder
    from assistant.progress import progress_bar

    settings = settings_with(database)
    store = open_store(settings.catalogue_url)
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    with progress_bar("Importing") as advance:
        done = import_source(
            store,
            source,
            path_or_url,
            municipality=municipality,
            dry_run=dry_run,
            changes=changes,
            encoder=encoder,
            progress=advance,
        )
    if report is not None:
        report.write_text(json.dumps(done.as_dict(), ensure_ascii=False, indent=2), "utf-8")
    if as_json:
        print_json(done.as_dict())
    else:
        sys.stdout.write(done.summary() + "\n")


@catalogue_app.command("search")
def catalogue_search(
    text: str,
    topic: Optional[str] = typer.Option(None, help="Id of a topic"),
    municipality: Optional[str] = typer.Option(None, help="Code, such as 091"),
    language: str = typer.Option("en", help="Language of the cards"),
    near: Optional[str] = typer.Option(None, help="LAT,LON, a postal code, a town or an address"),
    radius_km: Optional[float] = typer.Option(None, "--radius-km", help="With --near", min=0.0),
    open_now: bool = typer.Option(False, "--open-now", help="Only what is known to be open"),
    open_at: Optional[str] = typer.Option(None, "--open-at", help="Such as tomorrow-evening"),
    service_language: Optional[str] = typer.Option(None, help="Only what serves in this language"),
    kind: Optional[str] = typer.Option(None, help="service, event, course, place, permit"),
    cost: Optional[str] = typer.Option(None, help="free or charged"),
    age: Optional[int] = typer.Option(None, min=0, max=130, help="Only what is for this age"),
    limit: int = typer.Option(5, min=1, max=100),
    as_json: bool = AsJson,
    database: Optional[str] = Database,
) -> None:
    """Search services; prints cards with their score and why they were found."""
    from assistant.catalogue.command import BadQuery, search_cards

    try:
        cards = search_cards(
            settings_with(database),
            text,
            topic=topic,
            municipality=municipality,
            language=language,
            near=near,
            radius_km=radius_km if near else None,
            open_now=open_now,
            open_at=open_at,
            service_language=service_language,
            kinds=(kind,) if kind else (),
            charge=cost,
            age=age,
            limit=limit,
        )
    except BadQuery as error:
        raise typer.BadParameter(str(error)) from None
    if as_json:
        print_json(cards)
        return
    for card in cards:
        sys.stdout.write(f"{card['score']:.3f}  {card['title']}  [{card['id']}]\n")
        sys.stdout.write(f"       {card['summary']}\n")
        sys.stdout.write(f"       {_reasons(card['why'])}\n")


@catalogue_app.command("check")
def catalogue_check(
    links: int = typer.Option(
        0, "--links", min=0, help="Ask for so many web addresses, politely: about one a second"
    ),
    database: Optional[str] = Database,
    as_json: bool = AsJson,
) -> None:
    """Problems in the catalogue's data: what is missing, old, wrong or contradicts itself."""
    from assistant.catalogue import open_store
    from assistant.catalogue.check import check, check_links
    from assistant.progress import progress_bar

    store = open_store(settings_with(database).catalogue_url)
    problems = [dict(row) for row in check(store)]
    if links:
        with progress_bar("Asking for links") as advance:
            problems += check_links(store, links, progress=advance)
    if as_json:
        print_json(problems)
    else:
        for problem in problems:
            sys.stdout.write("  ".join(str(value) for value in problem.values()) + "\n")


@catalogue_app.command("export")
def catalogue_export(
    format: str,
    file: Path,
    municipality: Optional[str] = typer.Option(None, help="Only its services; code, such as 853"),
    language: str = typer.Option("en", help="Of the texts, in a format that has one language"),
    database: Optional[str] = Database,
) -> None:
    """Write the catalogue to a file: hsds (JSON, or a package for FILE.zip), csv or json."""
    from assistant.catalogue import open_store
    from assistant.catalogue.export import export, export_formats

    if format not in export_formats():
        raise typer.BadParameter(
            f"choose one of {', '.join(export_formats())}", param_hint="FORMAT"
        )
    store = open_store(settings_with(database).catalogue_url)
    count = export(store, format, file, municipality, language)
    sys.stderr.write(f"Wrote {count} services to {file}.\n")


@catalogue_app.command("topics")
def catalogue_topics(file: Path, database: Optional[str] = Database) -> None:
    """Write the topics of every service as a CSV table: from its classes or by its text."""
    from assistant.catalogue import open_store
    from assistant.catalogue.topic_review import write_topics

    count = write_topics(open_store(settings_with(database).catalogue_url), file)
    sys.stderr.write(f"Wrote the topics of {count} services to {file}.\n")


@catalogue_app.command("template")
def catalogue_template(file: Path) -> None:
    """Write an empty table (.xlsx or .csv) with help, to fill in and import."""
    from assistant.catalogue.importers.table.template import write_template

    write_template(file)
    sys.stderr.write(f"Wrote {file}.\n")


def _reasons(why: list[dict[str, Any]]) -> str:
    """Why a service was found, in one line."""
    told = []
    for reason in why:
        details = [value for key, value in reason.items() if key != "reason"]
        texts = [", ".join(item) if isinstance(item, list) else str(item) for item in details]
        told.append(" ".join([reason["reason"], *texts]))
    return "; ".join(told)
