"""Loading the project's own catalogue when it is missing or has changed."""

from __future__ import annotations

import hashlib
from typing import Optional

import numpy as np

from assistant.catalogue.analysis import ANALYSIS_VERSION
from assistant.catalogue.extraction import messages
from assistant.catalogue.importers import own
from assistant.catalogue.importers.run import Progress, store_reading
from assistant.catalogue.model import MODEL_VERSION
from assistant.catalogue.municipalities import DATA
from assistant.catalogue.store import CatalogueStore
from assistant.embedding import SentenceEncoder
from assistant.i18n import SERVED, translator
from assistant.i18n.catalogs import po_path

NOTE = "own_catalogue"
MIN_TEXTS = 30


def own_catalogue_hash(encoder: Optional[SentenceEncoder]) -> str:
    """A hash of everything from which the own catalogue is made."""
    digest = hashlib.blake2b(f"{MODEL_VERSION} {ANALYSIS_VERSION}".encode(), digest_size=16)
    digest.update((encoder.name if encoder is not None else "").encode())
    files = [DATA / f"{name}.yml" for name in own.DATASETS]
    for path in (*files, own.SOURCES, *(po_path(language) for language in SERVED)):
        digest.update(b"\0" + (path.read_bytes() if path.exists() else b""))
    return digest.hexdigest()


def _question_centres(encoder: SentenceEncoder) -> dict[str, np.ndarray]:
    """The mean vector of the own texts, read as questions, in each language that has enough."""
    texts = list(dict.fromkeys(text for _, _, text in messages()))
    centres = {}
    for language in SERVED:
        known = translator(language)
        translated = [known.gettext(text) for text in texts if known.has(text)]
        if len(translated) >= MIN_TEXTS:
            centres[language] = encoder.encode(translated).mean(axis=0)
    return centres


def ensure_own_catalogue(
    store: CatalogueStore,
    encoder: Optional[SentenceEncoder] = None,
    progress: Optional[Progress] = None,
) -> bool:
    """Load the own catalogue if it is missing or its files have changed; true if it was loaded."""
    wanted = own_catalogue_hash(encoder)
    if store.note(NOTE) == wanted:
        return False
    for dataset in own.DATASETS:
        store_reading(store, "own", dataset, own.read(dataset), encoder=encoder, progress=progress)
    if encoder is not None:
        store.set_centres(_question_centres(encoder))
    store.set_note(NOTE, wanted)
    return True
