"""Takes a file that translators or reviewers have worked on into the message catalogues."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from assistant.i18n.catalogs import LOCALES
from assistant.i18n.exchange.errors import ExchangeError
from assistant.i18n.exchange.faults import faults_of
from assistant.i18n.exchange.formats import format_of
from assistant.i18n.exchange.outcome import LanguageOutcome, Outcome, Refused
from assistant.i18n.exchange.rows import (
    Row,
    Sheet,
    source_hash,
    source_key,
    split_id,
    tidy,
    translation_hash,
)
from assistant.i18n.exchange.safe_xml import MAX_BYTES
from assistant.i18n.exchange.stored import read_catalog, write_catalog_in_place
from assistant.i18n.languages import SERVED, SOURCE_LANGUAGE
from assistant.i18n.review import (
    header_reviewers,
    reviewers,
    signature,
    store_reviewers,
    texts,
    unlabelled,
)


def import_texts(
    path: Path,
    dry_run: bool = False,
    language: str | None = None,
    reviewer: str = "",
    locales: Path = LOCALES,
    today: date | None = None,
) -> Outcome:
    """Take the translations of a file that pass the checks, and the marks of reviewers.

    Args:
        path: an .xlsx, .po or .xlf file.
        dry_run: only tell what would come of it.
        language: of the file, when it does not say it itself.
        reviewer: who made the marks that carry no name.
        locales: the folder of all message catalogues.
        today: the date of signatures that have none.

    Returns:
        What came of every row.

    Raises:
        ExchangeError: if the file cannot be read; then nothing is written.
    """
    sheets = _read(path)
    outcome = Outcome()
    by_language: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        code = sheet.language or language or ""
        if code in SERVED and code != SOURCE_LANGUAGE:
            by_language.setdefault(code, []).append(sheet)
        else:
            outcome.remarks.append(_unknown_language(sheet, code))
    if not by_language:
        raise ExchangeError(f"{path}: {outcome.remarks[0] if outcome.remarks else 'has no texts'}")
    changed = []
    for code, found in by_language.items():
        merge = _Merge(code, read_catalog(code, locales), today or date.today(), reviewer)
        for sheet in found:
            merge.take(sheet, named=len(found) > 1)
        outcome.languages.append(merge.finish())
        if merge.changed:
            changed.append(merge)
    if not dry_run:
        for merge in changed:
            write_catalog_in_place(merge.catalog, merge.language, locales)
    return outcome


def _read(path: Path) -> list[Sheet]:
    form = format_of(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ExchangeError(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > MAX_BYTES:
        raise ExchangeError(f"{path}: is larger than {MAX_BYTES // 1_000_000} MB; texts are not")
    return form.read(data, path.name)


def _unknown_language(sheet: Sheet, code: str) -> str:
    name = f"sheet “{sheet.title}”" if sheet.title else "the file"
    rows = f"({len(sheet.rows)} rows)"
    if not code:
        return f"{name} does not say its language {rows}; give it with --language"
    if code == SOURCE_LANGUAGE:
        return f"{name} is English {rows}; English texts are changed in code and data"
    return f"{name} is in a language that is not served, {code} {rows}"


class _Merge:
    """The rows of a language meet its message catalogue."""

    def __init__(self, language: str, catalog: Catalog, today: date, reviewer: str) -> None:
        self.language = language
        self.catalog = catalog
        self.changed = False
        self._today = today
        self._reviewer = reviewer
        self._outcome = LanguageOutcome(language)
        self._messages: dict[str, Any] = {}
        for message in texts(catalog):
            self._messages.setdefault(source_key(str(message.id)), message)
        self._sources = {source_hash(str(one.id)): one for one in self._messages.values()}
        self._signed = reviewers(catalog)
        self._before = dict(self._signed)
        self._header = header_reviewers(catalog)
        self._places: dict[str, str] = {}
        self._nameless = 0

    def take(self, sheet: Sheet, named: bool) -> None:
        """Take the rows of a sheet.

        Args:
            sheet: in this language.
            named: the places of rows need the name of the sheet.
        """
        # A header that is as it was exported is no new signature.
        fresh = sheet.whole and unlabelled(sheet.reviewer) != self._header
        whole = signature(sheet.reviewer, self._today) if fresh else ""
        name = sheet.reviewer or self._reviewer
        for row in sheet.rows:
            place = f"{sheet.title}, {row.place}" if named and sheet.title else row.place
            self._take_row(row, place, whole, signature(name, self._today))
        self._outcome.remarks += sheet.remarks

    def finish(self) -> LanguageOutcome:
        """Write into the catalogue who has reviewed what, and tell the outcome."""
        outcome = self._outcome
        if self._nameless:
            outcome.remarks.append(
                f"{self._nameless} rows are marked as reviewed by nobody;"
                " write “Reviewed by: NAME, DATE” or give --reviewer"
            )
        outcome.reviewed = sum(
            1 for source, name in self._signed.items() if self._before.get(source) != name
        )
        self.changed = self.changed or self._signed != self._before
        if self.changed:
            # Also when only a translation is new: then not all texts are reviewed any more.
            store_reviewers(self.catalog, self._signed)
        outcome.covered = header_reviewers(self.catalog)
        return outcome

    def _take_row(self, row: Row, place: str, whole: str, name: str) -> None:
        if row.comment:
            self._outcome.remarks.append(f"comment, {place}: {row.comment}")
        message = self._messages.get(source_key(row.source))
        reason = self._mismatch(row, message)
        if message is None or reason:
            self._refuse(row, place, reason)
            return
        source, current = str(message.id), str(message.string or "")
        wanted = tidy(row.translation, source)
        kept = tidy(current, source)
        if wanted == kept:
            self._outcome.unchanged += 1
            self._places.setdefault(source, place)
            if wanted and not row.fault:
                self._sign(source, row, place, whole, name, changed=False)
            return
        base = split_id(row.id)[1]
        if base and base == translation_hash(wanted, source):
            # Nobody has touched the row; the catalogue has gone on since the export.
            self._outcome.unchanged += 1
            return
        reason = self._reason(row, source, wanted, kept, base)
        if reason:
            self._refuse(row, place, reason)
            return
        message.string = wanted
        self.changed = True
        self._outcome.taken += 1
        self._places[source] = place
        self._sign(source, row, place, whole, name, changed=True)

    def _mismatch(self, row: Row, message: Any) -> str:
        """Why the row belongs to no text."""
        if not row.source.strip():
            return "the English text is missing"
        hashed = split_id(row.id)[0]
        if message is None:
            if hashed in self._sources:
                return "the English text was changed in the file; only translations are taken"
            return "there is no such English text (any more); export again"
        if hashed and hashed != source_hash(str(message.id)):
            return "the id belongs to another text: the rows have been mixed up"
        return ""

    def _reason(self, row: Row, source: str, wanted: str, kept: str, base: str) -> str:
        """Why a translation that is new is not taken."""
        if row.fault:
            return row.fault
        if source in self._places:
            return f"another translation of the text stands at {self._places[source]}"
        if not wanted:
            return "the translation is empty; the one that is there stays"
        if base and base != translation_hash(kept, source):
            return "the translation was changed here too since the export; export again"
        return faults_of(self.language, source, wanted)

    def _sign(
        self, source: str, row: Row, place: str, whole: str, name: str, changed: bool
    ) -> None:
        """Note who has reviewed a text; a change ends the review that was."""
        before = self._signed.get(source, "")
        exported = bool(before) and unlabelled(row.review) == before
        mark = ""
        if row.review and not exported:
            named = _names_somebody(row.review)
            mark = signature(row.review, self._today) if named else name
            self._nameless += not (named or name or whole)
        if exported and changed and not whole:
            self._outcome.remarks.append(
                f"{place}: changed after the review of {before}; it has to be reviewed again"
            )
        signed = mark or whole or ("" if changed else before)
        if signed:
            self._signed[source] = signed
        else:
            self._signed.pop(source, None)

    def _refuse(self, row: Row, place: str, reason: str) -> None:
        self._outcome.refused.append(Refused(place, row.source, row.translation, reason))


def _names_somebody(mark: str) -> bool:
    """False for a mark such as "reviewed" alone."""
    return mark.casefold().strip(" .:!") not in ("reviewed", "reviewed by", "yes", "ok")
