"""The result of an evaluation as one HTML file that staff can open, print and send on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from assistant.errors import KuntaopasError
from assistant.evaluation import html_elements as h
from assistant.evaluation import html_other_sets, html_topics
from assistant.evaluation.gates import GATES, Verdict, check
from assistant.evaluation.metrics import Row
from assistant.evaluation.wording import plain_percent

STYLE = Path(__file__).with_name("report.css")
TITLES = {
    "heldout": "How well messages are understood",
    "development": "How well messages of the development sets are understood",
}


class ReportError(KuntaopasError):
    """The report cannot be written."""


def write_html(result: Row, file: Path) -> None:
    """Write the report of a result of `evaluate`.

    Raises:
        ReportError: if the file cannot be written.
    """
    try:
        file.write_text(render(result, date.today()), encoding="utf-8")
    except OSError as error:
        raise ReportError(f"cannot write {file}: {error.strerror or error}") from error


def render(result: Row, day: date) -> str:
    """The page as text."""
    title = TITLES[result["split"]]
    sections = h.join(
        part(result)
        for part in (
            _summary,
            html_topics.languages,
            html_topics.topics,
            html_topics.languages_and_topics,
            html_topics.confusion_map,
            html_topics.confusions,
            html_topics.calibration,
            html_other_sets.out_of_scope,
            html_other_sets.emergencies,
            html_other_sets.language_identification,
            html_other_sets.entities,
        )
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{h.html(title)} – Kuntaopas, {day.isoformat()}</title>\n"
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the content</a>\n'
        f"<header>\n<h1>{h.html(title)}</h1>\n<p>Kuntaopas, "
        f'<time datetime="{day.isoformat()}">{day.day} {day:%B %Y}</time>. '
        f"{result['messages']} messages that nothing was trained on, each read for itself.</p>\n"
        f'</header>\n<main id="main">\n{sections}</main>\n</body>\n</html>\n'
    )


def _summary(result: Row) -> str:
    verdicts = check(result)
    tiles = h.join(
        h.tile(_capital(one.gate.name), one.figure, _wanted(one), one.holds) for one in verdicts
    )
    return h.section(
        "Summary",
        "summary",
        h.Markup(f'<ul class="tiles">{tiles}</ul>'),
        _complaints(verdicts),
        _lowered(),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _wanted(verdict: Verdict) -> str:
    return f"wanted: at {verdict.gate.bound} {plain_percent(verdict.gate.value)}"


def _complaints(verdicts: Iterable[Verdict]) -> h.Markup:
    """What is broken, as the tests say it."""
    broken = [one.message for one in verdicts if one.holds is False]
    if not broken:
        return h.Markup("")
    items = h.join(f"<li>{h.html(message)}</li>" for message in broken)
    return h.Markup(f'<div class="broken-gates"><p>Not good enough:</p><ul>{items}</ul></div>')


def _lowered() -> h.Markup:
    """The gates that are lower than asked for, with the reason."""
    rows = [
        (
            gate.name,
            (
                h.number(plain_percent(gate.asked)),
                h.number(plain_percent(gate.value)),
                h.cell(gate.reason),
            ),
        )
        for gate in GATES
        if gate.lowered()
    ]
    if not rows:
        return h.Markup("")
    columns = ("gate", "asked for", "accepted", "reason")
    return h.table("Gates that are lower than what was asked for", columns, rows)
