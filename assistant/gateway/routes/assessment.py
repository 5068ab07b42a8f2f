"""The rules of the assessment of skills and the need for integration services."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Body, HTTPException, Response
from fastapi.responses import JSONResponse

router = APIRouter(prefix="/api/assessment", tags=["assessment"])

EXAMPLE = {
    "as_of": "2026-11-24",
    "municipality": "091",
    "permit": "family",
    "first_permit_date": "2025-03-01",
    "has_municipality_of_residence": True,
    "age": 34,
    "situation": "unemployed_jobseeker",
    "assessed_before": False,
}


@router.post("", response_model=dict)
def decide(case: dict[str, Any] = Body(..., examples=[EXAMPLE])) -> Response:
    """What the law says of a case. Nothing of it is stored; the authority decides."""
    from assistant.guidance.assessment import CaseError, assess

    try:
        return JSONResponse(assess(case))
    except CaseError as error:
        raise HTTPException(422, str(error)) from None
