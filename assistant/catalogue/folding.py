"""Services that a person would take for one: branches of a service, and dates of a series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.catalogue.analysis import title_form
from assistant.catalogue.model import Service, text_in


@dataclass
class Folded:
    """A service that stands for others like it.

    Attributes:
        service: the best of them.
        others: ids of the rest.
        places: how many addresses they have together.
    """

    service: Service
    others: list[str] = field(default_factory=list)
    places: int = 0


def fold(services: Iterable[Service], limit: int) -> list[Folded]:
    """The services in their order, those that are one for a person folded into the first of them.

    Args:
        services: best first; no more are taken than are needed.
        limit: how many folded services at most.
    """
    found: dict[str, Folded] = {}
    for service in services:
        key = _key(service)
        if key not in found:
            if len(found) == limit:
                break
            found[key] = Folded(service)
        else:
            found[key].others.append(service.id)
        found[key].places += sum(len(channel.addresses) for channel in service.channels)
    return list(found.values())


def _key(service: Service) -> str:
    """Equal for the dates of one series, and for one provider's services of one name and area."""
    occurrence = service.occurrence
    if occurrence is not None and occurrence.series_id:
        return occurrence.series_id
    area = service.area
    where = ",".join(area.municipalities) or area.scope
    if occurrence is None and not service.organization_id:
        # Nobody is known to provide both.
        where = service.id if area.scope != "limited" else where
    name = title_form(text_in(service.names, "fi"))
    return "\n".join((service.kind, name, service.organization_id or "", where))
