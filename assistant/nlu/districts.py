"""A district tells the municipality as well: "I live in Kallio" need not be asked "where?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional

from assistant.nlu.name_entries import DISTRICT, MUNICIPALITY, Entity


def with_municipalities(
    entities: Sequence[Entity], municipality_of: Callable[[str], Optional[str]]
) -> list[Entity]:
    """The entities, and the municipalities of the districts when no municipality is named."""
    if any(entity.entity == MUNICIPALITY for entity in entities):
        return list(entities)
    result: list[Entity] = []
    for entity in entities:
        result.append(entity)
        code = municipality_of(str(entity.value)) if entity.entity == DISTRICT else None
        if code:
            result.append(Entity(MUNICIPALITY, code, entity.start, entity.end, entity.text))
    return result
