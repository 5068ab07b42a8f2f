"""Running an import: read the source, compute vectors of what changed, store all of it at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Optional

from assistant.catalogue.importers.base import ImportFailed, ImportReport, Reading, slug
from assistant.catalogue.model import Service, language_order, text_in
from assistant.catalogue.municipalities import municipality as municipality_of
from assistant.catalogue.store import CatalogueStore, Vector
from assistant.embedding import SentenceEncoder

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Importer = Callable[[str, Optional[str]], Reading]

#: Each has a module of its name in `assistant.catalogue.importers` with a function `read`.
SOURCES = ("ptv", "hsds", "servicemap", "linkedevents", "lipas", "cpsv", "table")
BATCH = 64


def import_source(
    store: CatalogueStore,
    source: str,
    path_or_url: str,
    *,
    municipality: Optional[str] = None,
    dry_run: bool = False,
    encoder: Optional[SentenceEncoder] = None,
    progress: Optional[Progress] = None,
) -> ImportReport:
    """Import a source into the catalogue.

    The data set is the municipality if it is given, else the name of the file: a later import of
    the same data set withdraws the records that have vanished from it.

    Args:
        store: the catalogue.
        source: a name of `SOURCES`.
        path_or_url: file, folder or web address.
        municipality: code of the municipality to which records without an area belong.
        dry_run: read and compare, store nothing.
        encoder: computes the sentence vectors of changed services.
        progress: called with (done, total) of the services to encode.

    Raises:
        ImportFailed: if nothing can be read; the catalogue is then as it was.
    """
    if source not in SOURCES:
        raise ImportFailed(f"unknown source {source!r}: choose one of {', '.join(SOURCES)}")
    importer: Importer = import_module(f"assistant.catalogue.importers.{source}").read
    code = None
    if municipality:
        known = municipality_of(municipality)
        if known is None:
            raise ImportFailed(f"there is no municipality with the code {municipality!r}")
        code = known.code
    reading = importer(str(path_or_url), code)
    dataset = code or slug(Path(str(path_or_url).split("?")[0].rstrip("/")).stem) or source
    return store_reading(store, source, dataset, reading, dry_run, encoder, progress)


def store_reading(
    store: CatalogueStore,
    source: str,
    dataset: str,
    reading: Reading,
    dry_run: bool = False,
    encoder: Optional[SentenceEncoder] = None,
    progress: Optional[Progress] = None,
) -> ImportReport:
    """Store what an importer has read, and say what that changed."""
    vectors: dict[str, Vector] = {}
    if encoder is not None and not dry_run:
        vectors = _vectors(store.changed(reading.batch), encoder, progress)
    counts = store.replace(
        source,
        dataset,
        reading.batch,
        vectors,
        seen=frozenset(reading.seen),
        complete=reading.complete,
        dry_run=dry_run,
    )
    report = ImportReport(
        source=source,
        dataset=dataset,
        read=reading.read,
        kept=counts.kept,
        changed=counts.changed,
        unchanged=counts.unchanged,
        withdrawn=counts.withdrawn,
        skipped=reading.skipped,
        notes=reading.notes,
        dry_run=dry_run,
    )
    if not reading.complete:
        report.notes.append("a part of the source is missing, so nothing was withdrawn")
    logger.info(
        "imported %s/%s: %d read, %d changed, %d withdrawn, %d skipped",
        *(source, dataset, report.read, report.changed, report.withdrawn, len(report.skipped)),
    )
    return report


def vector_text(service: Service) -> tuple[str, str]:
    """(language, text) that is encoded of a service: name and summary, English if it has them."""
    language = next(code for code in language_order("en", service.names) if code in service.names)
    summary = service.summaries.get(language) or text_in(service.descriptions, language)
    return language, f"{service.names[language]}. {summary}"


def _vectors(
    services: list[Service], encoder: SentenceEncoder, progress: Optional[Progress]
) -> dict[str, Vector]:
    found: dict[str, Vector] = {}
    by_text: dict[tuple[str, str], list[str]] = {}
    for service in services:
        by_text.setdefault(vector_text(service), []).append(service.id)
    items = list(by_text.items())
    for start in range(0, len(items), BATCH):
        part = items[start : start + BATCH]
        encoded = encoder.encode([text for (_, text), _ in part], "passage")
        for ((language, _), ids), vector in zip(part, encoded):
            found.update((service_id, (language, vector)) for service_id in ids)
        if progress is not None:
            progress(min(start + BATCH, len(items)), len(items))
    return found
