"""`kuntaopas guidance`: the guides, their sources and the figures in them."""

from __future__ import annotations

import sys
from datetime import timedelta
from itertools import groupby

import typer

from assistant.commands.common import AsJson, print_json

guidance_app = typer.Typer(help="The guides, their sources and the figures in them.")


@guidance_app.callback()
def guidance() -> None:
    """The guides, their sources and the figures in them."""


@guidance_app.command("check")
def guidance_check(
    older_than: str = typer.Option("365d", help="Name what was checked so many days ago, as 365d"),
    links: int = typer.Option(
        0, "--links", min=0, help="Ask for so many web addresses, politely: about one a second"
    ),
    as_json: bool = AsJson,
) -> None:
    """What is wrong with guides, sources, figures and translations, and what to do about it.

    Ends with 1 when there are errors: people would read something wrong, or nothing.
    """
    days = older_than.removesuffix("d")
    if not days.isdigit():
        raise typer.BadParameter(
            "the age is a number of days, such as 365d", param_hint="older-than"
        )
    from assistant.guidance.check import check_guidance, link_problems, read_data
    from assistant.progress import progress_bar

    data = read_data()
    problems = check_guidance(data, older_than=timedelta(days=int(days)))
    if links:
        with progress_bar("Asking for links") as advance:
            problems += link_problems(data, links, progress=advance)
    errors = sum(problem.severity == "error" for problem in problems)
    if as_json:
        print_json([problem.as_dict() for problem in problems])
    else:
        for kind, group in groupby(problems, key=lambda problem: problem.kind):
            found = list(group)
            first = found[0]
            sys.stdout.write(f"{first.severity}: {kind} ({len(found)}). {first.todo}\n")
            for problem in found:
                sys.stdout.write(f"  {problem}\n")
        sys.stderr.write(f"{errors} errors, {len(problems) - errors} warnings\n")
    if errors:
        sys.exit(1)
