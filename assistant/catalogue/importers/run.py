"""Running an import: read the source, compute vectors of what changed, store all of it at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from importlib import import_module
from pathlib import Path
from typing import Optional
from urllib.parse import urlsplit

import numpy as np

from assistant.catalogue.importers.base import ImportFailed, ImportReport, Reading, slug
from assistant.catalogue.importers.files.addresses import is_url, masked
from assistant.catalogue.model import Service, language_order, text_in
from assistant.catalogue.municipalities import municipality as municipality_of
from assistant.catalogue.store import AssignedTopics, CatalogueStore, Vector
from assistant.catalogue.topic_assignment import topic_vectors
from assistant.embedding import SentenceEncoder

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

#: Each has a package of its name in `assistant.catalogue.importers`; its `importer` has `read`.
SOURCES = ("ptv", "hsds", "servicemap", "linkedevents", "lipas", "cpsv", "table")
#: Texts encoded in one go: a batch of the encoder for each of its threads, and some more.
BATCH = 256


def import_source(
    store: CatalogueStore,
    source: str,
    path_or_url: str,
    *,
    municipality: Optional[str] = None,
    dry_run: bool = False,
    changes: bool = False,
    encoder: Optional[SentenceEncoder] = None,
    progress: Optional[Progress] = None,
) -> ImportReport:
    """Import a source into the catalogue.

    The data set is the municipality if it is given, else the file or the address: a later import of
    the same data set withdraws the records that have vanished from it.

    Args:
        store: the catalogue.
        source: a name of `SOURCES`.
        path_or_url: file, folder or web address.
        municipality: code of the municipality to which records without an area belong.
        dry_run: read and compare, store nothing.
        changes: ask an API only for what has changed since the last import from this address; the
            first time everything is read.
        encoder: computes the sentence vectors of changed services.
        progress: called with (done, total) of the services to encode.

    Raises:
        ImportFailed: if nothing can be read; the catalogue is then as it was.
    """
    if source not in SOURCES:
        raise ImportFailed(f"unknown source {source!r}: choose one of {', '.join(SOURCES)}")
    importer = import_module(f"assistant.catalogue.importers.{source}.importer")
    code = None
    if municipality:
        known = municipality_of(municipality)
        if known is None:
            raise ImportFailed(f"there is no municipality with the code {municipality!r}")
        code = known.code
    address = str(path_or_url)
    dataset = code or dataset_of(address) or source
    began = datetime.now(timezone.utc)
    note = f"import {source} {dataset} {masked(address)}"
    last = store.note(note) if changes else None
    if changes and not (is_url(address) and hasattr(importer, "read_changes")):
        raise ImportFailed(f"{source} {address}: only what has changed cannot be asked for")
    if last is None:
        reading: Reading = importer.read(address, code)
    else:
        known_ids = store.ids_of(source, dataset)
        reading = importer.read_changes(address, code, datetime.fromisoformat(last), known_ids)
    report = store_reading(store, source, dataset, reading, dry_run, encoder, progress)
    if is_url(address) and reading.complete and not dry_run:
        store.set_note(note, began.isoformat())
    return report


def dataset_of(path_or_url: str) -> str:
    """The name of the data set of a file or an address, where no municipality is given."""
    if is_url(path_or_url):
        parts = urlsplit(path_or_url)
        return slug(f"{parts.hostname}{parts.path}")
    return slug(Path(path_or_url.rstrip("/")).stem)


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
    vectors = TextVectors()
    topics: dict[str, AssignedTopics] = {}
    if encoder is not None and not dry_run:
        changed = store.changed(reading.batch)
        vectors = encoded(changed, encoder, progress)
        topics = _topics(changed, vectors, encoder)
    counts = store.replace(
        source,
        dataset,
        reading.batch,
        vectors,
        topics=topics,
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


class TextVectors(Mapping[str, Vector]):
    """Language and sentence vector by service id; services with the same text share a vector."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], int] = {}
        self._rows: dict[str, tuple[str, int]] = {}
        self._parts: list[np.ndarray] = []

    def __getitem__(self, service_id: str) -> Vector:
        language, row = self._rows[service_id]
        part, place = divmod(row, BATCH)
        return language, self._parts[part][place].astype(np.float32)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, service: Service) -> None:
        """Note the text of a service."""
        language, text = vector_text(service)
        row = self._texts.setdefault((language, text), len(self._texts))
        self._rows[service.id] = language, row

    def encode(self, encoder: SentenceEncoder, progress: Optional[Progress]) -> None:
        """Compute the vectors; an encoder with a cache goes on where it was interrupted."""
        texts = [text for _, text in self._texts]
        for start in range(0, len(texts), BATCH):
            # Half the memory, and what the database keeps of them.
            part = encoder.encode(texts[start : start + BATCH], "passage").astype(np.float16)
            self._parts.append(part)
            if progress is not None:
                progress(min(start + BATCH, len(texts)), len(texts))
        self._texts.clear()


def encoded(
    services: Iterable[Service], encoder: SentenceEncoder, progress: Optional[Progress] = None
) -> TextVectors:
    """The sentence vectors of services, each text encoded once."""
    vectors = TextVectors()
    for service in services:
        vectors.add(service)
    vectors.encode(encoder, progress)
    return vectors


def _topics(
    services: Iterable[Service], vectors: Mapping[str, Vector], encoder: SentenceEncoder
) -> dict[str, AssignedTopics]:
    """Topics of the encoder for the services that came without and are like a topic."""
    without = [service.id for service in services if not service.topics]
    if not without:
        return {}
    known = topic_vectors(encoder)
    found: dict[str, AssignedTopics] = {}
    for start in range(0, len(without), BATCH):
        ids = without[start : start + BATCH]
        languages, rows = zip(*(vectors[service_id] for service_id in ids))
        found.update(zip(ids, known.assign(np.stack(rows), languages)))
    return found
