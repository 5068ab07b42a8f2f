"""`kuntaopas texts`: the texts and their translations."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Optional

import typer

from assistant.commands.common import AsJson, print_json

if TYPE_CHECKING:
    from assistant.i18n.check import CheckResult
    from assistant.i18n.check.meaning import Doubt
    from assistant.i18n.check.readability import Readability

texts_app = typer.Typer(help="Texts and their translations.")


@texts_app.command("check")
def texts_check(
    meaning: bool = typer.Option(
        False, "--meaning", help="Also list translations that may say something else (minutes)"
    ),
    readability: bool = typer.Option(
        False, "--readability", help="Also list the texts with the longest sentences"
    ),
    as_json: bool = AsJson,
) -> None:
    """Are the translations complete, faithful, alike in their terms, short and easy to read?"""
    from assistant.dialogue.screens import check_screens, measure_screens, median_words
    from assistant.i18n.check import check_locales

    result = check_locales()
    screens = measure_screens()
    words = median_words(screens)
    result.problems.extend(check_screens(screens))
    doubts = _doubts(result) if meaning else None
    result.problems.extend(doubt.problem() for doubt in doubts or () if doubt.is_wrong)
    measured = _readability(result)
    if as_json:
        _print_as_json(result, words, measured, doubts)
    else:
        _print(result, words, measured, doubts, readability)
    if result.problems:
        sys.exit(1)


@texts_app.command("update")
def texts_update() -> None:
    """Bring the message catalogues up to date with code and data."""
    from assistant.i18n.update import update_locales

    for language, missing in update_locales().items():
        sys.stdout.write(f"{language}: {missing} texts are not translated\n")


def _doubts(result: CheckResult) -> list[Doubt]:
    from assistant.embedding import CachedEncoder, load_encoder
    from assistant.i18n.check.meaning import find_doubts, load_reviewed
    from assistant.progress import progress_bar
    from assistant.settings import get_settings

    settings = get_settings()
    reviewed = load_reviewed()
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    with progress_bar("Reading the texts") as advance:
        return find_doubts(result.translations, encoder, reviewed, progress=advance)


def _readability(result: CheckResult) -> list[Readability]:
    from assistant.i18n.check.readability import measure

    measured = [measure(code, texts.values()) for code, texts in result.translations.items()]
    return [one for one in measured if one is not None]


def _print_as_json(
    result: CheckResult,
    words: dict[str, float],
    measured: list[Readability],
    doubts: Optional[list[Doubt]],
) -> None:
    told: dict[str, Any] = {
        "texts": {
            language: {"translated": done, "of": total}
            for language, (done, total) in result.counts.items()
        },
        "words_of_an_answer": words,
        "readability": [one.as_dict() for one in measured],
        "problems": [problem.as_dict() for problem in result.problems],
    }
    if doubts is not None:
        told["meaning"] = [doubt.as_dict() for doubt in doubts]
    print_json(told)


def _print(
    result: CheckResult,
    words: dict[str, float],
    measured: list[Readability],
    doubts: Optional[list[Doubt]],
    worst: bool,
) -> None:
    from assistant.dialogue.screens import AIM

    lines = [f"{code}: {done} of {total} texts" for code, (done, total) in result.counts.items()]
    medians = ", ".join(f"{code} {count:g}" for code, count in words.items())
    lines.append(f"Words of an answer, median (aim {AIM}): {medians}")
    for one in measured:
        lines.append(f"Readability {one}")
        if worst:
            lines += [f"  {length} words: {text}" for length, text in one.worst]
    if doubts is not None:
        lines.append(f"Closer in meaning to another text: {len(doubts)}")
        lines += [f"  {doubt}" for doubt in doubts]
    lines += [str(problem) for problem in result.problems]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
