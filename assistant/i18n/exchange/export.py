"""Writes the texts of languages to a file for translators and reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog

from assistant.i18n.catalogs import LOCALES
from assistant.i18n.exchange.errors import ExchangeError
from assistant.i18n.exchange.formats import format_of
from assistant.i18n.exchange.notes import note, where
from assistant.i18n.exchange.rows import Row, Sheet, row_id, tidy
from assistant.i18n.exchange.stored import read_catalog
from assistant.i18n.languages import SERVED, SOURCE_LANGUAGE
from assistant.i18n.review import TEXT_LABEL, header_reviewers, reviewers, texts

#: Which texts are exported: without a translation, with one that nobody has reviewed, or all.
ONLY = ("missing", "unreviewed", "all")


def export_texts(
    path: Path,
    languages: Sequence[str] = (),
    only: str = "all",
    locales: Path = LOCALES,
    overwrite: bool = False,
) -> dict[str, int]:
    """Write the texts of languages; the format is that of the file's ending.

    Args:
        path: the file to write.
        languages: all that are served when empty; formats of one language need one.
        only: one of `ONLY`.
        locales: the folder of all message catalogues.
        overwrite: a file that is there is replaced; it may hold somebody's work.

    Returns:
        How many texts of each language were written. A language without any has no sheet, and
        no file is written when no language has one.

    Raises:
        ExchangeError: if the file cannot be written, or a language has no message catalogue.
    """
    form = format_of(path)
    wanted = list(languages) or [code for code in SERVED if code != SOURCE_LANGUAGE]
    if SOURCE_LANGUAGE in wanted:
        raise ExchangeError("the texts are written in English: choose another language")
    if len(wanted) > 1 and not form.several:
        raise ExchangeError(f"{path}: such a file holds one language; name it with --language")
    if path.exists() and not overwrite:
        raise ExchangeError(
            f"{path}: is there already, perhaps with somebody's work;"
            " choose another name or --overwrite"
        )
    sheets = [export_sheet(code, read_catalog(code, locales), only) for code in wanted]
    filled = [sheet for sheet in sheets if sheet.rows]
    if filled:
        try:
            path.write_bytes(form.write(filled))
        except OSError as error:
            raise ExchangeError(f"{path}: cannot be written ({error.strerror})") from None
    return {sheet.language: len(sheet.rows) for sheet in sheets}


def export_sheet(language: str, catalog: Catalog, only: str = "all") -> Sheet:
    """The rows of a message catalogue.

    Raises:
        ValueError: if `only` is none of `ONLY`.
    """
    if only not in ONLY:
        raise ValueError(f"{only!r} is none of {', '.join(ONLY)}")
    signed = reviewers(catalog)
    everybody = header_reviewers(catalog)
    rows = []
    for message in texts(catalog):
        source, translation = str(message.id), str(message.string or "")
        name = signed.get(source, "")
        if (only == "missing" and translation) or (
            only == "unreviewed" and (name or not translation)
        ):
            continue
        rows.append(
            Row(
                place="",
                source=source,
                translation=tidy(translation, source),
                id=row_id(source, translation),
                where=where(message),
                note=note(message),
                review=f"{TEXT_LABEL} {name}" if name else "",
            )
        )
    whole = bool(everybody) and all(row.translation for row in rows)
    return Sheet(language, rows, everybody, whole, catalog=catalog)
