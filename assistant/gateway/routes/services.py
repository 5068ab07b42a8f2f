"""The catalogue of services."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, Optional

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse

from assistant.gateway.conditional import tagged
from assistant.gateway.dependencies import AcceptLanguage, PartsDep, checked_municipality
from assistant.gateway.negotiation import request_language
from assistant.gateway.schemas import MunicipalityForm, ServicesForm
from assistant.guidance.topics import load_topics

if TYPE_CHECKING:
    from assistant.catalogue import CatalogueStore

router = APIRouter(prefix="/api", tags=["services"])

MAX_OFFSET = 1000
Kind = Literal["service", "permit", "qualification", "event", "course", "place"]
Language = Annotated[
    Optional[str],
    Query(max_length=35, description="Language of the person; default: `Accept-Language`"),
]


@router.get("/services", response_model=ServicesForm)
def find(
    request: Request,
    parts: PartsDep,
    accept_language: AcceptLanguage = None,
    q: Annotated[Optional[str], Query(max_length=500, description="What is looked for")] = None,
    topic: Annotated[Optional[str], Query(description="Id of a topic, such as housing")] = None,
    need: Annotated[
        Optional[str],
        Query(max_length=100, description="TOPIC/NEED, such as leisure/library: those first"),
    ] = None,
    municipality: Annotated[
        Optional[str], Query(description="Code of a municipality, such as 091")
    ] = None,
    language: Language = None,
    service_language: Annotated[
        Optional[str], Query(max_length=8, description="Only services given in this language")
    ] = None,
    kind: Annotated[
        Optional[Kind], Query(description="Only services of this kind, such as event")
    ] = None,
    cost: Annotated[
        Optional[Literal["free", "charged"]], Query(description="Only what costs this")
    ] = None,
    age: Annotated[
        Optional[int], Query(ge=0, le=130, description="Only what is for people of this age")
    ] = None,
    open_now: Annotated[bool, Query(description="Only services that are open now")] = False,
    open_at: Annotated[
        Optional[str],
        Query(
            max_length=60,
            description="Only what is open then: tomorrow-evening, saturday, 2026-12-01 morning,"
            " or two moments such as 2026-12-01T17:00/2026-12-01T19:00 (Finnish time)",
        ),
    ] = None,
    near: Annotated[
        Optional[str],
        Query(
            max_length=100,
            description="LATITUDE,LONGITUDE, a postal code, a town or an address: nearest first",
        ),
    ] = None,
    radius_km: Annotated[
        Optional[float], Query(gt=0, le=2000, description="With near: only so far away")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    offset: Annotated[int, Query(ge=0, le=MAX_OFFSET)] = 0,
) -> Response:
    """Search services, best first. Services that are one to a person are one card.

    The answer has an `ETag`; with `If-None-Match` an answer that has not changed is 304.
    """
    from assistant.catalogue import SearchQuery, hit_card, search
    from assistant.catalogue.hours import ZONE

    _check_topic(topic, need)
    store = parts.catalogue.store()
    now = datetime.now(ZONE)
    place = _place(near, store)
    code = checked_municipality(municipality)
    shown_in = request_language(language, accept_language)
    text = (q or "").strip() or None
    found = search(
        store,
        SearchQuery(
            text=text,
            vector=parts.catalogue.vector(text) if text else None,
            topics=(topic,) if topic else (),
            need=need,
            municipality=code,
            language=shown_in,
            service_language=service_language,
            open_now=open_now,
            open_at=_window(open_at, now),
            near=place,
            radius_km=radius_km if place else None,
            charge=cost,
            age=age,
            kinds=(kind,) if kind else (),
            limit=offset + limit + 1,
            now=now,
        ),
    )
    cards = [
        hit_card(hit, shown_in, now, municipality=code, near=place)
        for hit in found[offset : offset + limit]
    ]
    following = offset + limit if len(found) > offset + limit else None
    return tagged(request, {"services": cards, "next_offset": following})


@router.get("/services/{service_id:path}", response_model=dict)
def show(
    request: Request,
    service_id: str,
    parts: PartsDep,
    accept_language: AcceptLanguage = None,
    language: Language = None,
) -> Response:
    """One service: its card, its texts, all its places with their hours and accessibility."""
    from assistant.catalogue.details import details
    from assistant.catalogue.hours import ZONE

    service = parts.catalogue.store().get(service_id)
    if service is None or service.status != "published":
        raise HTTPException(404, "There is no such service.")
    shown_in = request_language(language, accept_language)
    return tagged(request, details(service, shown_in, datetime.now(ZONE)))


@router.get("/municipalities", response_model=list[MunicipalityForm])
def municipalities() -> Response:
    """Every municipality of Finland, and the fictional one of the demonstration."""
    from assistant.catalogue import municipalities as all_municipalities

    return JSONResponse(
        [
            {
                "code": one.code,
                "name": {"fi": one.name_fi, "sv": one.name_sv},
                "region": {"fi": one.region_fi, "sv": one.region_sv} if one.region_fi else None,
                "website": one.website,
                "fictional": one.fictional,
            }
            for one in all_municipalities()
        ]
    )


def _check_topic(topic: Optional[str], need: Optional[str]) -> None:
    known = load_topics()
    if topic is not None and topic not in known.topics:
        raise HTTPException(422, f"There is no topic {topic[:60]!r}.")
    if need is not None and need not in known.needs:
        raise HTTPException(422, f"There is no need {need[:60]!r}: use TOPIC/NEED.")


def _window(open_at: Optional[str], now: datetime) -> Optional[tuple[datetime, datetime]]:
    from assistant.catalogue.time_window import time_window

    if not open_at:
        return None
    window = time_window(open_at, now)
    if window is None:
        raise HTTPException(422, "open_at: use a time to come, such as tomorrow-evening.")
    return window


def _place(near: Optional[str], store: CatalogueStore) -> Optional[tuple[float, float]]:
    """The coordinates of `LATITUDE,LONGITUDE` or of a place that the catalogue knows."""
    if not near:
        return None
    try:
        latitude, longitude = (float(part) for part in near.split(","))
    except ValueError:
        place = store.place_coordinates(near)
        if place is None:
            raise HTTPException(
                422, "near: use LATITUDE,LONGITUDE, a postal code, a town or a street address."
            ) from None
        return place
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise HTTPException(422, "near: use LATITUDE,LONGITUDE in degrees.")
    return latitude, longitude
