"""Writing the catalogue out: CSV, JSON and Open Referral HSDS.

Every format is written as the services come out of the store: only a few are in memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Optional

from assistant.catalogue.export_csv import write_csv
from assistant.catalogue.export_hsds import write_hsds
from assistant.catalogue.model import Service, as_dict
from assistant.catalogue.store import CatalogueStore
from assistant.errors import KuntaopasError

DEFAULT_LANGUAGE = "en"

#: Gives the services from the beginning, as often as it is called.
Services = Callable[[], Iterator[Service]]


class ExportFailed(KuntaopasError):
    """The catalogue could not be written; the message is one clear line."""


def export_formats() -> list[str]:
    """The names of the formats."""
    return sorted(_WRITERS)


def export(
    store: CatalogueStore,
    format_name: str,
    path: str | Path,
    municipality: Optional[str] = None,
    language: str = DEFAULT_LANGUAGE,
) -> int:
    """Write the published services to a file.

    The file appears when it is complete; an export that fails leaves the old file as it was.

    Args:
        store: the catalogue.
        format_name: one of `export_formats()`.
        path: the file. HSDS is a tabular package if it ends with `.zip`, else JSON.
        municipality: only the services of this municipality.
        language: of the texts, in a format that has one language; a service without a name in it
            is written in the best other one, which its record names.

    Returns:
        How many services were written.

    Raises:
        ExportFailed: if the format is not known or the file cannot be written.
    """
    write = _WRITERS.get(format_name.lower())
    if write is None:
        formats = ", ".join(export_formats())
        raise ExportFailed(f"unknown format {format_name!r}: choose one of {formats}")

    def services() -> Iterator[Service]:
        for service in store.all_services():
            if municipality is None or municipality in service.area.municipalities:
                yield service

    target = Path(path)
    # Something that is no file, such as a pipe, cannot be replaced by one.
    special = target.exists() and not target.is_file()
    part = target if special else target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")
    try:
        count = write(services, part, language)
        if part != target:
            part.replace(target)
    except OSError as error:
        raise ExportFailed(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        if part != target:
            part.unlink(missing_ok=True)
    return count


def _write_json(services: Services, path: Path, language: str) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{\n  "services": [')
        for count, service in enumerate(services(), start=1):
            text = json.dumps(as_dict(service), ensure_ascii=False, indent=2, sort_keys=True)
            file.write("," * (count > 1) + "\n    " + text.replace("\n", "\n    "))
        file.write("\n  ]\n}\n")
    return count


_WRITERS: dict[str, Callable[[Services, Path, str], int]] = {
    "csv": write_csv,
    "hsds": write_hsds,
    "json": _write_json,
}
