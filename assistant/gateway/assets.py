"""The static files of the gateway: read once, joined, compressed and tagged.

The widget's modules are sent as one file (`assistant.gateway.modules`). Addresses of files that
the widget or a page asks for hold the version of all files together (`?v=`), so that browsers keep
them for good; a new version has new addresses. What is edited is seen after a restart.
"""

from __future__ import annotations

import hashlib
import json
import logging
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from assistant.gateway.encoding import SMALL, Content
from assistant.gateway.modules import ModuleError, apart, joined, needed_at_once, without_comments
from assistant.gateway.ui_texts import UI_TEXTS
from assistant.i18n import SERVED
from assistant.i18n.catalogs import po_path

logger = logging.getLogger(__name__)

STATIC = Path(__file__).resolve().parent / "static"
#: The file that other sites load; its address stays the same.
ENTRY = "widget.js"
#: The line of base.js that is filled in.
VERSION_LINE = 'const VERSION = "";'

#: A file under an address with its version in it.
FOR_GOOD = "public, max-age=31536000, immutable"
#: The entry: used at once for a day while a newer one is fetched behind it.
ENTRY_CACHE = "public, max-age=600, stale-while-revalidate=86400"
#: Everything else: asked for again each time, answered "not modified" while it is the same.
FRESH = "no-cache"

_CSS_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)
_STYLE = re.compile(r'"([\w/-]+\.css)"')
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}


class Assets:
    """The files of a folder as they are sent.

    Raises:
        OSError: if the folder cannot be read.
    """

    def __init__(self, folder: Path = STATIC) -> None:
        files = {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file() and not file.name.startswith(".")
        }
        self.version = _version(files)
        prepared = self._prepared(files)
        #: The style sheets that the widget asks for as soon as it runs.
        self.first_styles = [
            name
            for name in dict.fromkeys(_STYLE.findall(prepared.get(ENTRY, b"").decode()))
            if name in files
        ]
        self._contents = {
            name: Content.of(body, _media_type(name), SMALL) for name, body in prepared.items()
        }

    @property
    def names(self) -> list[str]:
        """The names of the files, such as `chat/dom.js`."""
        return list(self._contents)

    def content(self, name: str) -> Content:
        """What is sent of a file.

        Raises:
            KeyError: if there is no such file.
        """
        return self._contents[name]

    def address(self, name: str) -> str:
        """The address of a file or of the widget's texts, relative to the gateway's own."""
        return name if name == ENTRY else f"{name}?v={self.version}"

    def cache(self, request: Request, name: str = "") -> str:
        """How long a browser may keep what it asks for."""
        if request.query_params.get("v") == self.version:
            return FOR_GOOD
        return ENTRY_CACHE if name == ENTRY else FRESH

    def answer(self, request: Request, name: str) -> Response:
        """A file as the answer to a request.

        Raises:
            KeyError: if there is no such file.
        """
        return self._contents[name].answer(request, self.cache(request, name))

    def _prepared(self, files: dict[str, bytes]) -> dict[str, bytes]:
        scripts = {name: body.decode() for name, body in files.items() if name.endswith(".js")}
        if "base.js" in scripts:
            line = f"const VERSION = {json.dumps(self.version)};"
            scripts["base.js"] = scripts["base.js"].replace(VERSION_LINE, line)
        made = {name: text.encode() for name, text in self._scripts(scripts).items()}
        styles = {
            name: _CSS_COMMENT.sub("", body.decode()).encode()
            for name, body in files.items()
            if name.endswith(".css")
        }
        return {**files, **styles, **made}

    def _scripts(self, scripts: dict[str, str]) -> dict[str, str]:
        if ENTRY not in scripts:
            return scripts
        try:
            together = needed_at_once(ENTRY, scripts)
            made = {ENTRY: joined(ENTRY, scripts, self.address)}
            for name in scripts:
                if name not in together:
                    made[name] = apart(name, ENTRY, scripts, self.address)
        except ModuleError as error:
            # The modules work on their own as well, only with more requests.
            logger.error("the modules of the widget are sent one by one: %s", error)
            return scripts
        return {**scripts, **{name: without_comments(text) for name, text in made.items()}}


@lru_cache(maxsize=1)
def load_assets() -> Assets:
    """The gateway's own files, read once a process."""
    return Assets()


def _version(files: dict[str, bytes]) -> str:
    """Changes with every file, and with every text of the widget in any language."""
    digest = hashlib.blake2b(json.dumps(UI_TEXTS).encode(), digest_size=6)
    for name, body in files.items():
        digest.update(f"{name} {len(body)} ".encode() + body)
    for language in SERVED:
        path = po_path(language)
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()


def _media_type(name: str) -> str:
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "text/plain"
