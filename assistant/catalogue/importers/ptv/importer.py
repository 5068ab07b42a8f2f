"""The Suomi.fi Finnish Service Catalogue (PTV): files, folders and the live API.

Two front ends, `ptv_v11` (with the spellings of v7 to v10) and `ptv_v12`, hand what they read to
one collector, which makes the internal model of it. Older and derived shapes are read too: the
flat records of DVV's demonstration catalogue and plain records of a name and a summary
(`ptv_flat`), and Turku's own shape (`ptv_paoh`). A source may mix all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, Optional

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.records import Record, check_pages, is_url, json_records
from assistant.catalogue.importers.ptv import flat, paoh, v11, v12
from assistant.catalogue.importers.ptv.api import changed_records, live_records
from assistant.catalogue.importers.ptv.collector import Collector, record_name
from assistant.catalogue.importers.ptv.common import identifier

Converter = Callable[[dict[str, Any]], None]

#: Fields of the lists of ids, which are no records.
_LISTED = frozenset(
    "id name names modified publishingStatus type serviceType serviceChannelType oid code "
    "contentId parentOrganization".split()
)


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read files, pages or the live API of PTV.

    Args:
        path_or_url: a file (JSON or JSONL), a folder, the address of a list of the open API, or
            its base address (`https://…/api/v11/` or `…/api/v12/`): then everything that concerns
            the municipality is fetched.
        municipality: code for services that name no area of their own; needed for a base address.

    Raises:
        ImportFailed: if there is nothing to read.
    """
    reading = Reading()
    if is_url(path_or_url):
        records = live_records(path_or_url, municipality, reading)
    else:
        records = json_records(path_or_url, reading)
    return _read_all(path_or_url, records, municipality, reading)


def read_changes(
    url: str, municipality: Optional[str], since: datetime, known_ids: Collection[str]
) -> Reading:
    """Read what has changed at the live API since an import; `read` reads everything.

    Ids of the catalogue that the API still has are `seen`, so that a store withdraws those only
    that have vanished.

    Args:
        url: base address of the API.
        municipality: code of the municipality.
        since: when the last import began.
        known_ids: ids of the records that the catalogue has from this API.

    Raises:
        ImportFailed: if the API cannot be read.
    """
    reading = Reading()
    records = changed_records(url, municipality, since, known_ids, reading)
    return _read_all(url, records, municipality, reading, nothing_is_fine=True)


def _read_all(
    source: str,
    records: Iterable[Record],
    municipality: Optional[str],
    reading: Reading,
    nothing_is_fine: bool = False,
) -> Reading:
    collector = Collector(reading, municipality)
    steps = _steps(collector)
    strangers = count = 0
    for record in records:
        count += 1
        kind = kind_of(record.data)
        if kind is None:
            strangers += 1
            reading.read += 1
            reading.skip(record_name(record), _unknown(record.data))
        else:
            collector.read(record, steps[kind], kind.rpartition(":")[2])
    if not nothing_is_fine:
        if not count:
            why = f" ({reading.skipped[0].reason})" if reading.skipped else ""
            raise ImportFailed(f"{source}: no records of PTV in it{why}")
        if count and strangers == count:
            raise ImportFailed(f"{source}: none of the {count} records is of PTV")
    check_pages(reading)
    collector.finish()
    return reading


def _steps(collector: Collector) -> dict[str, Converter]:
    """What to do with each kind that `kind_of` tells."""
    steps = v11.ReaderV11(collector).steps
    return {
        **{f"v11:{kind}": step for kind, step in steps.items()},
        **{f"v12:{kind}": step for kind, step in v12.ReaderV12(collector).steps.items()},
        **{f"flat:{kind}": step for kind, step in flat.FlatReader(collector).steps.items()},
        **{f"paoh:{kind}": _rewritten(steps[kind], kind) for kind in ("service", "channel")},
    }


def _rewritten(step: Converter, kind: str) -> Converter:
    return lambda data: step(paoh.as_v11(data, kind))


def kind_of(data: Any) -> Optional[str]:
    """`shape:kind` of a record, such as `v12:channel`; None if it is not of PTV."""
    if not isinstance(data, dict):
        return None
    for shape, tell in (
        ("v12", v12.kind_of),
        ("v11", v11.kind_of),
        ("paoh", paoh.kind_of),
        ("flat", flat.kind_of),
    ):
        kind = tell(data)
        if kind is not None:
            return f"{shape}:{kind}"
    return None


def _unknown(data: Any) -> str:
    if not isinstance(data, dict):
        return f"not an object but {type(data).__name__}"
    if "languageVersions" in data:
        return "a record of PTV v12 that is no service, channel, organisation or description"
    if v11.is_part(data):
        return "a part of a record of PTV, not a record"
    found = identifier(data.get("id")) or identifier(data.get("contentId"))
    if found and _LISTED.issuperset(data) and {"name", "names"} & data.keys():
        return "only an id and a name: a list of ids of PTV, not its records"
    return "not a record of PTV: it has neither names nor a type"
