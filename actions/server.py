"""The action server: rasa-sdk actions behind FastAPI, on loopback."""

from __future__ import annotations

import logging
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.base import catalogue_store
from assistant.settings import get_settings

logger = logging.getLogger(__name__)
PACKAGE = "actions"


def executor() -> ActionExecutor:
    """rasa-sdk's executor with every action of this package."""
    made = ActionExecutor()
    made.register_package(PACKAGE)
    return made


def create_app() -> FastAPI:
    """The server's application: Rasa posts to `/webhook`, `/health` says that it runs."""
    app = FastAPI(title="Kuntaopas actions", openapi_url=None)
    actions = executor()

    @app.on_event("startup")
    def warm_up() -> None:
        """Open the catalogue before the first message needs it."""
        catalogue_store()

    @app.get("/health")
    async def health() -> dict[str, str]:
        """Answers while the server runs."""
        return {"status": "ok"}

    @app.post("/webhook")
    async def webhook(request: Request) -> Any:
        """Run one action for Rasa; the form of requests and answers is rasa-sdk's."""
        try:
            call = await request.json()
        except ValueError:
            return JSONResponse({"error": "the request is not JSON"}, status_code=400)
        if not isinstance(call, dict):
            return JSONResponse({"error": "the request is not a JSON object"}, status_code=400)
        name = call.get("next_action")
        try:
            return await actions.run(call)
        except ActionExecutionRejection as rejection:
            content = {"error": rejection.message, "action_name": rejection.action_name}
            return JSONResponse(content, status_code=400)
        except ActionNotFoundException as missing:
            content = {"error": missing.message, "action_name": missing.action_name}
            return JSONResponse(content, status_code=404)
        except Exception:
            logger.exception("action %s failed", name)
            content = {"error": "the action failed", "action_name": name}
            return JSONResponse(content, status_code=500)

    return app


def main() -> None:
    """Serve on loopback, on `KUNTAOPAS_ACTIONS_PORT`."""
    logging.basicConfig(level=logging.WARNING)
    uvicorn.run(
        create_app(),
        host="127.0.0.1",
        port=get_settings().actions_port,
        # Uvicorn's WebSockets need another version of `websockets` than Rasa does.
        ws="none",
        log_level="warning",
    )


if __name__ == "__main__":
    main()
