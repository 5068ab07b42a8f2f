"""Pieces of HTML for the report: tables, bars, heat maps, a curve.

Functions that take text escape it; `Markup` is a text that is HTML already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Optional, Union

from assistant.evaluation.wording import percent, signed_percent


class Markup(str):
    """HTML that is not escaped again."""


Content = Union[str, int, Markup]
#: The heading of a row, and its cells.
TableRow = tuple[Content, Sequence[Markup]]

#: Shades of a heat map: shares from `PALE` on have the palest, and each `STEP` down a darker one.
SHADES, PALE, STEP = 6, 0.95, 0.08
#: The reliability curve.
SIDE, MARGIN = 300, 46
_STATES: dict[Optional[bool], tuple[str, str]] = {
    True: ("holds", "✓ holds"),
    False: ("broken", "✗ broken"),
    None: ("missing", "not measured"),
}


_NUMBER = '<td class="number">'


def html(content: Content) -> Markup:
    """Content as HTML."""
    return content if isinstance(content, Markup) else Markup(escape(str(content)))


def join(parts: Iterable[str], between: str = "") -> Markup:
    """Pieces of HTML one after the other."""
    return Markup(between.join(parts))


def section(title: str, identifier: str, *parts: str) -> Markup:
    """A part of the page with a heading."""
    return Markup(
        f'<section aria-labelledby="{identifier}">\n<h2 id="{identifier}">{html(title)}</h2>\n'
        + "\n".join(part for part in parts if part)
        + "\n</section>\n"
    )


def side_by_side(*parts: str) -> Markup:
    """Tables beside each other, where there is room."""
    return Markup('<div class="side">' + "".join(parts) + "</div>")


def paragraph(text: Content) -> Markup:
    """A paragraph."""
    return Markup(f"<p>{html(text)}</p>")


def cell(content: Content, kind: str = "") -> Markup:
    """A cell of a table."""
    return Markup(f"<td{_class(kind)}>{html(content)}</td>")


def number(content: Content) -> Markup:
    """A cell with a number."""
    return cell(content, "number")


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def table(
    caption: str,
    columns: Sequence[Content],
    rows: Iterable[TableRow],
    kind: str = "",
) -> Markup:
    """A table that scrolls sideways where it does not fit.

    Args:
        caption: what the table is about.
        columns: headings, that of the row headings first.
        rows: the heading of each row and its cells.
        kind: CSS class.
    """
    listed = list(rows)
    if not listed:
        return paragraph(f"{caption}: not measured.")
    lines = [
        f'<tr><th scope="row">{html(heading)}</th>{join(cells)}</tr>' for heading, cells in listed
    ]
    numbers = [False, *(one.startswith(_NUMBER) for one in listed[0][1])]
    headings = join(
        f'<th scope="col"{_class("number" if right else "")}><span>{html(column)}</span></th>'
        for column, right in zip(columns, numbers)
    )
    return Markup(
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">\n'
        f"<table{_class(kind)}>\n<caption>{html(caption)}</caption>\n"
        f"<thead><tr>{headings}</tr></thead>\n<tbody>\n" + "\n".join(lines) + "\n"
        "</tbody>\n</table>\n</div>"
    )


def bar(share: Optional[float], least: Optional[float] = None) -> Markup:
    """A cell with a bar from 0 to 100 %, and a mark at the gate; the number stands beside it."""
    if share is None:
        return cell("")
    weak = least is not None and share < least
    mark = "" if least is None else f'<i style="left:{percent(least)}%"></i>'
    kind = "bar weak" if weak else "bar"
    return cell(
        Markup(
            f'<div class="{kind}" aria-hidden="true">'
            f'<b style="width:{percent(share)}%"></b>{mark}</div>'
        ),
        "drawing",
    )


def shade(share: Optional[float]) -> str:
    """The CSS class of a share in a heat map: the lower, the darker."""
    if share is None:
        return "none"
    if share >= PALE:
        return "h0"
    return f"h{min(SHADES - 1, 1 + int((PALE - share) / STEP))}"


def share_cell(share: Optional[float], weak: float) -> Markup:
    """A cell of a heat map of shares; weak ones are marked in text too."""
    mark = "!" if share is not None and share < weak else ""
    return cell(percent(share, 0) + mark, shade(share))


def count_cell(count: int, total: int, right: bool) -> Markup:
    """A cell of a heat map of confusions: how many of a topic's messages went here."""
    if not count:
        return cell("", "right" if right else "")
    part = count / total if total else 1.0
    return cell(count, "right" if right else f"h{min(SHADES - 1, 1 + int(part * 25))}")


def tile(name: str, figure: Optional[float], wanted: str, holds: Optional[bool]) -> Markup:
    """A figure of the summary with its gate."""
    kind, word = _STATES[holds]
    return Markup(
        f'<li class="{kind}"><span>{html(name)}</span><strong>{signed_percent(figure, 2)}</strong>'
        f"<span>{html(wanted)}</span><em>{word}</em></li>"
    )


def example(text: str, lang: str, style: Optional[str] = None) -> Markup:
    """A message of a person, marked with its language for screen readers and fonts."""
    code = f"{lang}-Latn" if style == "romanised" else lang
    return Markup(
        f'<li><b>{html(lang)}</b> <span lang="{escape(code)}" dir="auto">{html(text)}</span></li>'
    )


def reliability_curve(bins: Sequence[dict[str, Any]]) -> Markup:
    """Accuracy over confidence as a drawing; dots are larger where there are more messages."""
    if not bins:
        return Markup("")
    most = max(one["count"] for one in bins)
    dots = [
        (_x(one["confidence"]), _y(one["accuracy"]), 3 + 6 * (one["count"] / most) ** 0.5)
        for one in bins
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in dots)
    circles = join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>' for x, y, r in dots)
    grid = join(_grid(step / 5) for step in range(6))
    end = MARGIN + SIDE
    return Markup(
        f'<svg class="curve" viewBox="0 0 {end + 14} {end + 8}" role="img" '
        'aria-labelledby="curve-title">\n'
        '<title id="curve-title">Accuracy over confidence; the figures are in the table</title>\n'
        f'{grid}<path class="ideal" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>\n'
        f'<polyline points="{line}"/>{circles}\n'
        f'<text x="{MARGIN + SIDE / 2:.0f}" y="{end + 2}" '
        'text-anchor="middle">confidence, %</text>\n'
        f'<text transform="translate(12 {SIDE / 2 + 8:.0f}) rotate(-90)" '
        'text-anchor="middle">accuracy, %</text>\n</svg>'
    )


def _x(share: float) -> float:
    return MARGIN + share * SIDE


def _y(share: float) -> float:
    return 8 + (1 - share) * SIDE


def _grid(share: float) -> str:
    x, y, label = _x(share), _y(share), percent(share, 0)
    return (
        f'<path class="grid" d="M{MARGIN} {y}H{MARGIN + SIDE}M{x} 8V{8 + SIDE}"/>'
        f'<text x="{MARGIN - 6}" y="{y + 4}" text-anchor="end">{label}</text>'
        f'<text x="{x}" y="{SIDE + 24}" text-anchor="middle">{label}</text>'
    )
