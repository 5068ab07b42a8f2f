"""The address of a request: which values of a case it carries, and under which names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional
from urllib.parse import urlencode

PATH = "/assessment/request"
#: `benefits=none`: the person has said that they get neither.
NO_BENEFITS = "none"
#: Fields of the case that the request shows.
FIELDS = ("municipality", "situation", "permit", "first_permit_date")


def request_query(case: Mapping[str, Any], language: str, **others: Optional[str]) -> str:
    """The query of a request's address; what is not known is left out.

    Args:
        case: as `assess` reads it.
        language: that the person speaks.
        others: `official` and `for_whom`, where they are known.
    """
    benefits = case.get("benefits")
    values = {
        "language": language,
        **{name: case.get(name) for name in FIELDS},
        "benefits": None if benefits is None else ",".join(benefits) or NO_BENEFITS,
        **others,
    }
    return urlencode({name: value for name, value in values.items() if value})
