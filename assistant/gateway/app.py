"""The gateway: the only part of Kuntaopas that faces the internet."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Optional

import httpx
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from assistant.conversations import ConversationStore, FeedbackStore
from assistant.gateway.assets import load_assets
from assistant.gateway.catalogue import Catalogue
from assistant.gateway.dependencies import Parts, limited
from assistant.gateway.encoding import QUICK, SMALLEST
from assistant.gateway.messaging import Messaging
from assistant.gateway.origins import AllowedOrigins
from assistant.gateway.protection import BodyLimit, RequestLog, SecurityHeaders
from assistant.gateway.rasa_client import RasaClient
from assistant.gateway.rate_limit import Limits, TooManyRequests
from assistant.gateway.routes import (
    assessment,
    conversations,
    embed,
    feedback,
    health,
    pages,
    request_page,
    services,
    webhooks,
)
from assistant.gateway.schemas import ErrorForm
from assistant.gateway.turns import Turns, greeting
from assistant.settings import Settings

logger = logging.getLogger(__name__)

DESCRIPTION = (
    "Kuntaopas guides people who have moved to Finland to municipal services, in their own "
    "language. Every fact has a source and a date; the authorities decide, not Kuntaopas."
)


def create_app(
    settings: Settings, rasa_transport: Optional[httpx.AsyncBaseTransport] = None
) -> FastAPI:
    """Build the gateway.

    Args:
        settings: the settings of the installation.
        rasa_transport: takes the place of the network to Rasa and the action server, in tests.
    """
    store = ConversationStore(settings.conversations_url)
    feedback_store = FeedbackStore(settings.conversations_url)
    rasa = RasaClient(settings, rasa_transport)
    turns, catalogue, limits = Turns(store, rasa), Catalogue(settings), Limits(settings)
    messaging = Messaging(settings, store, turns, catalogue, limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        greeting("en", None)  # reads the domain, so that the first person does not wait for it
        await messaging.start()
        yield
        await messaging.stop()
        await rasa.close()
        store.close()
        feedback_store.close()

    app = FastAPI(
        title="Kuntaopas",
        description=DESCRIPTION,
        version=_version(),
        lifespan=lifespan,
        docs_url=None,  # the pages of FastAPI load scripts of a third party
        redoc_url=None,
        responses={422: {"model": ErrorForm}},
        middleware=[
            Middleware(RequestLog),
            Middleware(
                SecurityHeaders,
                frame_ancestors=" ".join([settings.frame_ancestors, *settings.origins]),
            ),
            Middleware(AllowedOrigins, origins=settings.origins),
            Middleware(GZipMiddleware, minimum_size=SMALLEST, compresslevel=QUICK),
            Middleware(BodyLimit),
        ],
    )
    app.state.parts = Parts(
        settings=settings,
        conversations=store,
        rasa=rasa,
        turns=turns,
        catalogue=catalogue,
        feedback=feedback_store,
        limits=limits,
        assets=load_assets(),
        messaging=messaging,
    )
    for routes in (services, assessment, request_page):
        app.include_router(routes.router, dependencies=[Depends(limited)])
    # Conversations count their requests themselves: they answer in the conversation's language.
    for routes in (conversations, feedback, health, webhooks, embed, pages):
        app.include_router(routes.router)
    _handle_errors(app)
    return app


def _handle_errors(app: FastAPI) -> None:
    """Every error is JSON with one clear line."""
    from assistant.catalogue.store import StoreError

    def answer(status: int, detail: Any, headers: Any = None) -> JSONResponse:
        return JSONResponse({"detail": detail}, status, headers=headers)

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        return answer(error.status_code, error.detail, error.headers)

    @app.exception_handler(TooManyRequests)
    async def too_many(_: Request, error: TooManyRequests) -> JSONResponse:
        return JSONResponse(error.content, error.status_code, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def not_understood(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "body"
        return answer(422, f"{place}: {first['msg']}")

    @app.exception_handler(StoreError)
    async def no_catalogue(_: Request, error: StoreError) -> JSONResponse:
        logger.error("the catalogue cannot be opened: %s", error)
        return answer(503, "The catalogue cannot be opened now. Please try again soon.")

    @app.exception_handler(SQLAlchemyError)
    async def no_conversations(_: Request, error: SQLAlchemyError) -> JSONResponse:
        logger.error("the conversations cannot be reached: %s", type(error).__name__)
        return answer(503, "Conversations cannot be reached now. Please try again soon.")

    @app.exception_handler(Exception)
    async def failed(_: Request, error: Exception) -> JSONResponse:
        return answer(500, "Something does not work on our side. Please try again soon.")


def _version() -> str:
    try:
        return version("kuntaopas")
    except PackageNotFoundError:
        return "0"
