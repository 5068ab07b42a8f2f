"""Telling records from the wrappers and pages that they come in, by their keys."""

from __future__ import annotations

from typing import Any

#: Keys under which pages and exports have their records.
PAGE_KEYS = (
    *("itemList", "items", "data", "results", "contents", "content", "pages", "records"),
    *("features", "@graph", "entities", "value"),
)
_PAGE_KEYS = frozenset(PAGE_KEYS)
#: Other names of lists of records; they show that a broken object is no record itself.
LIST_KEYS = (
    *("services", "serviceChannels", "channels", "organizations", "organisations", "units"),
    *("events", "places", "locations", "connections", "generalDescriptions", "sportsPlaces"),
)
#: An object with one of these is a record, not a wrapper of records.
RECORD_KEYS = (
    *("id", "@id", "name", "serviceNames", "serviceChannelNames", "organizationNames"),
    *("contentId", "unit_id", "sportsPlaceId", "lipas-id", "koodi"),
)
#: An object with one of these is a page, whatever else it has.
PAGING_KEYS = (
    *("pageNumber", "pageCount", "totalPages", "total_pages", "page_number", "totalItems"),
    *("total_items", "next", "pageSize"),
)


def is_page(value: dict[str, Any]) -> bool:
    """True when an item of a list is itself a page of records."""
    if _PAGE_KEYS.isdisjoint(value):
        return False
    if not any(isinstance(value.get(key), list) for key in PAGE_KEYS):
        return False
    return any(key in value for key in PAGING_KEYS) or not any(key in value for key in RECORD_KEYS)


def holds_lists(value: dict[str, Any]) -> bool:
    """True when an object that stands alone is a wrapper of records, not a record."""
    page = any(isinstance(value.get(key, 0), (list, type(None))) for key in PAGE_KEYS)
    if page and any(key in value for key in PAGING_KEYS):
        return True
    if value.get("type") == "FeatureCollection":
        return True
    if any(key in value for key in RECORD_KEYS):
        return False
    if page or any(_has_records(item) for item in value.values()):
        return True
    return any(
        isinstance(item, dict) and item is not value and _shallow_lists(item)
        for item in value.values()
    )


def _shallow_lists(value: dict[str, Any]) -> bool:
    if any(key in value for key in RECORD_KEYS):
        return False
    return any(_has_records(item) for item in value.values())


def _has_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def alike(value: Any, known: list[frozenset[str]], good: bool) -> bool:
    """True when an object has about the keys of a record that was read before.

    Args:
        value: the object.
        known: the keys of good records; without any, those of the broken one as far as it went.
        good: which of the two.
    """
    if not isinstance(value, dict) or not value:
        return False
    keys = frozenset(value)
    for shape in known:
        common = len(keys & shape)
        if good and 2 * common >= max(len(keys), len(shape)):
            return True
        if not good and shape and common == len(shape) and len(keys) >= min(len(shape), 3):
            return True
    return False
