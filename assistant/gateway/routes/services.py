"""The catalogue of services."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Optional

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.responses import JSONResponse

from assistant.gateway.dependencies import AcceptLanguage, PartsDep, checked_municipality
from assistant.gateway.negotiation import request_language
from assistant.gateway.schemas import MunicipalityForm, ServicesForm
from assistant.guidance.topics import load_topics

router = APIRouter(prefix="/api", tags=["services"])

MAX_OFFSET = 1000
Language = Annotated[
    Optional[str],
    Query(max_length=35, description="Language of the person; default: `Accept-Language`"),
]


@router.get("/services", response_model=ServicesForm)
def find(
    parts: PartsDep,
    accept_language: AcceptLanguage = None,
    q: Annotated[Optional[str], Query(max_length=500, description="What is looked for")] = None,
    topic: Annotated[Optional[str], Query(description="Id of a topic, such as housing")] = None,
    municipality: Annotated[
        Optional[str], Query(description="Code of a municipality, such as 091")
    ] = None,
    language: Language = None,
    service_language: Annotated[
        Optional[str], Query(max_length=8, description="Only services given in this language")
    ] = None,
    open_now: Annotated[bool, Query(description="Only services that are open now")] = False,
    near: Annotated[
        Optional[str], Query(max_length=50, description="LATITUDE,LONGITUDE: nearest first")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    offset: Annotated[int, Query(ge=0, le=MAX_OFFSET)] = 0,
) -> Response:
    """Search services, best first."""
    from assistant.catalogue import SearchQuery, search

    if topic is not None and topic not in load_topics().topics:
        raise HTTPException(422, f"There is no topic {topic[:60]!r}.")
    place = _place(near)
    code = checked_municipality(municipality)
    shown_in = request_language(language, accept_language)
    text = (q or "").strip() or None
    found = search(
        parts.catalogue.store(),
        SearchQuery(
            text=text,
            vector=parts.catalogue.vector(text) if text else None,
            topics=(topic,) if topic else (),
            municipality=code,
            language=shown_in,
            service_language=service_language,
            open_now=open_now,
            near=place,
            limit=offset + limit + 1,
        ),
    )
    cards = [
        {**_card(hit.service, shown_in, municipality=code, near=place), "score": hit.score}
        for hit in found[offset : offset + limit]
    ]
    following = offset + limit if len(found) > offset + limit else None
    return JSONResponse({"services": cards, "next_offset": following})


@router.get("/services/{service_id:path}", response_model=dict)
def show(
    service_id: str,
    parts: PartsDep,
    accept_language: AcceptLanguage = None,
    language: Language = None,
) -> Response:
    """One service as a card."""
    service = parts.catalogue.store().get(service_id)
    if service is None or service.status != "published":
        raise HTTPException(404, "There is no such service.")
    return JSONResponse(_card(service, request_language(language, accept_language)))


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


def _card(service: Any, language: str, **where: Any) -> dict[str, Any]:
    from assistant.catalogue import card
    from assistant.catalogue.hours import ZONE

    return card(service, language, datetime.now(ZONE), **where)


def _place(near: Optional[str]) -> Optional[tuple[float, float]]:
    if near is None:
        return None
    try:
        latitude, longitude = (float(part) for part in near.split(","))
    except ValueError:
        raise HTTPException(422, "near: use LATITUDE,LONGITUDE in degrees.") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise HTTPException(422, "near: use LATITUDE,LONGITUDE in degrees.")
    return latitude, longitude
