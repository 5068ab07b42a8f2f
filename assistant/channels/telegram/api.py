"""The few methods of Telegram's Bot API that are needed."""

from __future__ import annotations

import logging
from typing import Any, Optional

import httpx

from assistant.channels.platform import TryAgain, Undeliverable

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 30.0
MOST_CONNECTIONS = 100


class BotApi:
    """One bot. Its token is a part of every address, so that no address is logged or raised."""

    def __init__(self, token: str, base_url: str) -> None:
        # These write whole addresses into the log, whatever level is wanted elsewhere.
        for name in ("httpx", "httpcore"):
            found = logging.getLogger(name)
            found.setLevel(max(found.level, logging.WARNING))
        self._path = f"{base_url.rstrip('/')}/bot{token}"
        self._http: Optional[httpx.AsyncClient] = None

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method; parameters that are None are left out.

        Raises:
            TryAgain: 429, an error of Telegram's own (5xx), or no connection.
            Undeliverable: any other refusal, such as 403 when the person has blocked the bot.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        try:
            response = await self._client().post(f"{self._path}/{method}", json=given)
        except httpx.HTTPError as error:
            raise TryAgain(type(error).__name__) from None
        except (httpx.InvalidURL, UnicodeError):
            raise Undeliverable("the token or the address of the API has a wrong form") from None
        answer = _object(response)
        if response.status_code == 200 and answer.get("ok") is True:
            return answer.get("result")
        code = answer.get("error_code")
        status = code if isinstance(code, int) else response.status_code
        if status == 429:
            raise TryAgain("429", _retry_after(answer, response))
        if status >= 500 or response.status_code == 200:
            raise TryAgain(str(status), _retry_after(answer, response))
        raise Undeliverable(str(status))

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    def _client(self) -> httpx.AsyncClient:
        """Made when it is needed: it belongs to the event loop that runs then."""
        if self._http is None:
            self._http = httpx.AsyncClient(
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
                limits=httpx.Limits(max_connections=MOST_CONNECTIONS),
            )
        return self._http


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:  # an error page of something between us and Telegram
        return {}
    return answer if isinstance(answer, dict) else {}


def _retry_after(answer: dict[str, Any], response: httpx.Response) -> Optional[float]:
    parameters = answer.get("parameters")
    wanted = parameters.get("retry_after") if isinstance(parameters, dict) else None
    try:
        seconds = float(wanted if wanted is not None else response.headers["retry-after"])
    except (KeyError, TypeError, ValueError):
        return None
    return seconds if seconds >= 0 else None
