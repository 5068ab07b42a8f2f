"""What a JSON object of Open Referral is: a service, an organisation, a place or something else."""

from __future__ import annotations

from typing import Any

from assistant.catalogue.importers.hsds.records import Collector
from assistant.catalogue.importers.hsds.values import children, first_text, text_of

SERVICE_FIELDS = frozenset(
    (
        *("status", "organization", "organization_id", "service_at_locations", "cost_options"),
        *("eligibility_description", "eligibilitys", "service_areas", "regular_schedules"),
        *("application_process", "fees", "fees_description", "minimum_age", "program_id"),
        *("deliverable_type", "service_taxonomys", "required_documents", "assured_date"),
    )
)
ORGANIZATION_FIELDS = frozenset(
    (
        *("services", "website", "tax_status", "legal_status", "year_incorporated", "tax_id"),
        *("parent_organization_id", "organization_identifiers", "logo", "programs"),
    )
)
LOCATION_FIELDS = frozenset(
    ("location_type", "transportation", "latitude", "longitude", "physical_addresses", "addresses")
)
TERM_FIELDS = frozenset(
    ("taxonomy", "taxonomy_id", "taxonomy_detail", "term_uri", "vocabulary", "parent_name")
)
SCHEMA = "a description of the format, not data"


def add_record(collector: Collector, where: str, data: Any) -> None:
    """Add a record to the collector, or report why it is not one that can be imported."""
    if not isinstance(data, dict):
        collector.reject(where, "not an object")
        return
    kind = kind_of(data, where)
    if kind == "service":
        collector.add_service(where, data)
    elif kind == "organization":
        _add_organization(collector, where, data)
    elif kind == "service_at_location":
        _add_service_at_location(collector, where, data)
    else:
        collector.reject(where, kind)


def kind_of(data: dict[str, Any], where: str) -> str:
    """`service`, `organization`, `service_at_location`, or why it is none of them.

    Args:
        data: the object.
        where: the name of its file tells what an object is that has only an id and a name.
    """
    fields = {str(name) for name, value in data.items() if value is not None}
    if _is_schema(data):
        return SCHEMA
    if isinstance(data.get("service"), dict) or {"service_id", "location_id"} <= fields:
        return "service_at_location"
    if isinstance(data.get("location"), dict) and not fields & SERVICE_FIELDS:
        return "service_at_location"
    if fields & SERVICE_FIELDS:
        return "service"
    if fields & LOCATION_FIELDS:
        return "a place without a service"
    if fields & TERM_FIELDS:
        return "a term of a taxonomy, not a service"
    if fields & ORGANIZATION_FIELDS:
        return "organization"
    if "openapi_url" in fields:
        return "the root of an API, not data"
    if "version" in fields and "uri" in fields:
        return "a taxonomy, not a service"
    return "organization" if "organi" in where.lower() else "service"


def _is_schema(data: dict[str, Any]) -> bool:
    if any(name in data for name in ("$schema", "openapi", "swagger", "$ref", "constraints")):
        return True
    properties = data.get("properties")
    if isinstance(properties, (dict, list)) and "status" not in data:
        return True
    return isinstance(data.get("resources"), list) and "status" not in data


def _add_organization(collector: Collector, where: str, data: dict[str, Any]) -> None:
    services = children(data, "services", "service")
    own = {name: value for name, value in data.items() if name not in ("services", "service")}
    collector.add_organization(where, own)
    brief = {name: own[name] for name in ("id", "name", "description", "website") if name in own}
    for item in services:
        collector.add_service(f"{where}, service {text_of(item.get('id'))}", {
            "organization": brief, **item
        })  # fmt: skip


def _add_service_at_location(collector: Collector, where: str, data: dict[str, Any]) -> None:
    service = data.get("service")
    if not isinstance(service, dict):
        name = first_text(data, "service_id")
        collector.reject(where, f"a place of the service {name}, which is not in the record")
        return
    place = {name: value for name, value in data.items() if name != "service"}
    places = children(service, "service_at_locations") + [place]
    collector.add_service(where, {**service, "service_at_locations": places}, part=True)
