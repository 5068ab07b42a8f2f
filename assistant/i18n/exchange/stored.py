"""Message catalogues as they are stored: read and written so that what is not meant stays."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from assistant.i18n.catalogs import LOCALES, po_path
from assistant.i18n.exchange.errors import ExchangeError


def read_catalog(language: str, locales: Path = LOCALES) -> Catalog:
    """The message catalogue of a language.

    Raises:
        ExchangeError: if there is none, or it is broken.
    """
    path = po_path(language, locales)
    try:
        return read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True)
    except FileNotFoundError:
        raise ExchangeError(
            f"there is no message catalogue of {language}; `kuntaopas texts update` makes it"
        ) from None
    except (PoFileError, OSError, ValueError) as error:
        raise ExchangeError(f"{path}: cannot be read ({error}); mend it first") from None


def write_catalog_in_place(catalog: Catalog, language: str, locales: Path = LOCALES) -> None:
    """Write a message catalogue with its texts in the order in which they were read.

    Every text that has not been changed keeps its bytes. The file is replaced as a whole, so that
    none is left half written.

    Raises:
        ExchangeError: if it cannot be written.
    """
    path = po_path(language, locales)
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
            temporary = Path(file.name)
            write_po(file, catalog, include_lineno=False, width=100)
        temporary.chmod(path.stat().st_mode)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise ExchangeError(f"{path}: cannot be written ({error.strerror})") from None
