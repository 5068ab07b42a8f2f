"""A table of the topics of all services, for people to look through."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.catalogue.export import ExportFailed
from assistant.catalogue.export_csv import FORMULA_SIGNS
from assistant.catalogue.model import Service, text_in
from assistant.catalogue.store import CatalogueStore

COLUMNS = ("id", "title", "topics", "origin", "confidence", "classes")


def topic_rows(store: CatalogueStore) -> Iterator[dict[str, Any]]:
    """One row a published service, with `COLUMNS`.

    `origin` is `class` where the source or its classes say the topics, `encoder` where the
    sentence encoder has assigned them, and empty where there are none.
    """
    for service in store.all_services():
        yield {
            "id": service.id,
            "title": text_in(service.names, "fi"),
            "topics": ", ".join(service.topics),
            "origin": _origin(service),
            "confidence": "" if service.topic_confidence is None else service.topic_confidence,
            "classes": ", ".join(service.classes),
        }


def write_topics(store: CatalogueStore, path: Path) -> int:
    """Write the table as CSV; gives the number of services.

    Raises:
        ExportFailed: if the file cannot be written.
    """
    count = 0
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            for row in topic_rows(store):
                title = row["title"]
                safe = f"'{title}" if title.startswith(FORMULA_SIGNS) else title
                writer.writerow({**row, "title": safe})
                count += 1
    except OSError as error:
        raise ExportFailed(f"{path}: cannot be written ({error.strerror})") from None
    return count


def _origin(service: Service) -> str:
    if not service.topics:
        return ""
    return "class" if service.topic_confidence is None else "encoder"
