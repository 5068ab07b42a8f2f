"""The `kuntaopas` command.

Modules that import Rasa, spaCy or the encoder are imported inside the commands that need them, so
that `--help` and the small commands answer at once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn, Optional

import typer

from assistant.environment import prepare
from assistant.errors import KuntaopasError
from assistant.settings import Settings, get_settings

app = typer.Typer(
    help="A multilingual guide to municipal services for people who have moved to Finland.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
catalogue_app = typer.Typer(help="Import, search and check the service catalogue.")
texts_app = typer.Typer(help="Texts and their translations.")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(texts_app, name="texts")

Database = typer.Option(None, "--database", help="SQLite file or PostgreSQL URL")
AsJson = typer.Option(False, "--json", help="Print JSON")


class CommandFailed(KuntaopasError):
    """A command cannot be done."""


def main() -> None:
    """Entry point: errors are one line on standard error, with exit code 1 (2 for wrong use)."""
    prepare()
    try:
        app()
    except KuntaopasError as error:
        fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def fail(line: str, code: int = 1) -> NoReturn:
    """Say one line on standard error and end."""
    sys.stderr.write(f"kuntaopas: {' '.join(line.split())}\n")
    sys.exit(code)


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


@app.command()
def run(
    host: Optional[str] = typer.Option(None, help="Address to listen on"),
    port: Optional[int] = typer.Option(None, help="Port of the page and the API"),
    database: Optional[str] = Database,
) -> None:
    """Train if needed, start everything, and print the address. Ctrl-C stops all."""
    from assistant.processes.run import run_all

    run_all(settings_with(database, host=host, port=port))


@app.command()
def shell(
    language: Optional[str] = typer.Option(None, help="Language of the first messages"),
    debug_nlu: bool = typer.Option(
        False, "--debug-nlu", help="Show language, intent, need and confidence"
    ),
    database: Optional[str] = Database,
) -> None:
    """Try a conversation in the terminal, in `rasa shell`."""
    from assistant.processes.shell import run_shell

    run_shell(settings_with(database), language=_served(language), debug_nlu=debug_nlu)


@app.command()
def train(
    force: bool = typer.Option(False, "--force", help="Train even when nothing has changed"),
) -> None:
    """Train the model into `models/`."""
    from assistant.model import state
    from assistant.model import train as train_model

    settings = get_settings()
    found = state(settings)
    if found.fresh and not force:
        sys.stderr.write(f"The model {found.path.name} is up to date.\n")
        return
    sys.stderr.write(f"Training: {found.reason or 'asked for'}.\n")
    path = train_model(settings, force=force)
    sys.stderr.write(f"Trained {path}.\n")


@app.command()
def parse(
    text: Optional[list[str]] = typer.Argument(None, help="Messages"),
    language: Optional[str] = typer.Option(None, help="Language of the conversation"),
    jsonl: bool = typer.Option(False, "--jsonl", help="Read JSON lines from standard input"),
) -> None:
    """What is understood of messages: language, topic, need, confidence, entities."""
    from assistant.dialogue.batch import parse_messages

    if not jsonl and not text:
        raise typer.BadParameter("give a message, or --jsonl")
    wanted = _served(language)
    if jsonl:
        items = json_lines(sys.stdin)
    else:
        items = ({"text": one, "language": wanted} for one in text or [])
    for result in parse_messages(get_settings(), items):
        print_json(result)


@app.command()
def chat(
    jsonl: bool = typer.Option(False, "--jsonl", help="Read JSON lines from standard input"),
    database: Optional[str] = Database,
) -> None:
    """Whole conversations without servers: JSON lines in, JSON lines out."""
    if not jsonl:
        raise typer.BadParameter("chat reads JSON lines: use --jsonl (or `kuntaopas shell`)")
    from assistant.dialogue.batch import chat_messages

    for result in chat_messages(settings_with(database), json_lines(sys.stdin)):
        print_json(result)


@app.command()
def assess(
    as_json: bool = AsJson,
    jsonl: bool = typer.Option(False, "--jsonl", help="One case a line"),
) -> None:
    """Who is responsible for the assessment of a case (JSON on standard input)."""
    from assistant.guidance.assessment import CaseError
    from assistant.guidance.assessment import assess as assess_case

    if jsonl:
        cases = json_lines(sys.stdin)
    else:
        try:
            case = json.load(sys.stdin)
        except ValueError as error:
            raise CommandFailed(f"the case is not JSON: {error}") from error
        if not isinstance(case, dict):
            raise CommandFailed("the case is not a JSON object")
        cases = iter([case])
    for case in cases:
        try:
            print_json(assess_case(case))
        except CaseError as error:
            if not jsonl:
                raise CommandFailed(str(error)) from error
            print_json({"error": str(error)})


@app.command()
def evaluate(
    as_json: bool = AsJson,
    html: Optional[Path] = typer.Option(None, "--html", help="Write a report that can be opened"),
    development: bool = typer.Option(
        False, "--development", help="The sets for tuning instead of the held-out ones"
    ),
) -> None:
    """Accuracy on the held-out sets, per language and topic, and which gates are broken."""
    from assistant.evaluation.evaluation import evaluate_model
    from assistant.evaluation.gates import broken
    from assistant.evaluation.html_report import write_html
    from assistant.evaluation.report import print_report

    if html is not None and not html.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {html.parent}", param_hint="html")
    result = evaluate_model(get_settings(), "development" if development else "heldout")
    if html is not None:
        write_html(result, html)
        sys.stderr.write(f"Wrote {html}.\n")
    if as_json:
        print_json(result)
        for complaint in broken(result):
            sys.stderr.write(f"Broken gate: {complaint}\n")
    else:
        print_report(result)


@app.command()
def forget(conversation: str, database: Optional[str] = Database) -> None:
    """Erase one conversation everywhere."""
    from assistant.privacy.erasure import forget as erase

    count = erase(conversation, settings_with(database))
    if not count:
        raise CommandFailed("there is no conversation of that id")
    sys.stderr.write(f"Erased {count} records.\n")


@app.command()
def purge(
    older_than: str = typer.Option(..., help="Age in days, such as 30d"),
    database: Optional[str] = Database,
) -> None:
    """Erase conversations that nobody has used for so many days."""
    from datetime import timedelta

    from assistant.privacy.erasure import purge as erase

    days = older_than.removesuffix("d")
    if not days.isdigit():
        raise typer.BadParameter(
            "the age is a number of days, such as 30d", param_hint="older-than"
        )
    count = erase(timedelta(days=int(days)), settings_with(database))
    sys.stderr.write(f"Erased {count} records.\n")


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


def _reasons(why: list[dict[str, Any]]) -> str:
    """Why a service was found, in one line."""
    told = []
    for reason in why:
        details = [value for key, value in reason.items() if key != "reason"]
        texts = [", ".join(item) if isinstance(item, list) else str(item) for item in details]
        told.append(" ".join([reason["reason"], *texts]))
    return "; ".join(told)


def _served(language: Optional[str]) -> Optional[str]:
    from assistant.i18n.languages import LANGUAGES

    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(
            f"{language!r} is not served: choose one of {', '.join(LANGUAGES)}",
            param_hint="language",
        )
    return language


if __name__ == "__main__":
    main()
