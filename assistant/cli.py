"""The `kuntaopas` command.

Modules that import Rasa, spaCy or the encoder are imported inside the commands that need them, so
that `--help` and the small commands answer at once.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NoReturn, Optional

import typer

import assistant.commands.texts_exchange  # noqa: F401  (adds its commands to `texts`)
from assistant.commands.catalogue import catalogue_app
from assistant.commands.channels import channels_app
from assistant.commands.common import (
    AsJson,
    CommandFailed,
    Database,
    json_lines,
    print_json,
    served_language,
    settings_with,
)
from assistant.commands.guidance import guidance_app
from assistant.commands.languages import languages_app
from assistant.commands.texts import texts_app
from assistant.environment import prepare
from assistant.errors import KuntaopasError
from assistant.settings import get_settings

app = typer.Typer(
    help="A multilingual guide to municipal services for people who have moved to Finland.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(channels_app, name="channels")
app.add_typer(languages_app, name="languages")
app.add_typer(guidance_app, name="guidance")
app.add_typer(texts_app, name="texts")


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

    run_shell(settings_with(database), language=served_language(language), debug_nlu=debug_nlu)


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
    wanted = served_language(language)
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
    reach: bool = typer.Option(
        False, "--reach", help="Whether whole conversations show the right guide, instead"
    ),
) -> None:
    """Accuracy on the held-out sets, per language and topic, and which gates are broken."""
    if reach:
        from assistant.evaluation.reach import evaluate_reach

        print_json(evaluate_reach(get_settings()))
        return
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


if __name__ == "__main__":
    main()
