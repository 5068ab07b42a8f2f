"""The catalogue as the gateway uses it: opened when it is first needed."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any, Optional

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.catalogue import CatalogueStore

logger = logging.getLogger(__name__)


class Catalogue:
    """Opens the store once; a failure is tried again with the next request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store: Optional[CatalogueStore] = None
        self._lock = threading.Lock()

    def store(self) -> CatalogueStore:
        """The store.

        Raises:
            StoreError: if it cannot be opened.
        """
        from assistant.catalogue import open_store

        with self._lock:
            if self._store is None:
                self._store = open_store(self._settings.catalogue_url)
            return self._store

    def vector(self, text: str) -> Any:
        """The sentence vector of a search; None (words only) when the encoder fails."""
        from assistant.embedding import load_encoder

        try:
            return load_encoder(self._settings.encoder).encode([text], "query")[0]
        except Exception:
            logger.exception("the sentence encoder failed; only words are searched")
            return None

    def ready(self) -> bool:
        """True when there is something to find."""
        try:
            return self.store().count() > 0
        except Exception as error:
            logger.warning("the catalogue is not ready: %s", type(error).__name__)
            return False
