"""Condenses the training phrases of needs to their prototypes: see `need_prototypes`.

The phrases of `data/catalogue/subjects.yml` are prototypes themselves: they name what people look
for in a catalogue and the assistant has no need for, such as a vet or a building permit.

    python -m assistant.catalogue.need_training

writes `data/catalogue/need_prototypes.npz`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import yaml
from sklearn.cluster import KMeans

from assistant.catalogue.municipalities import DATA
from assistant.catalogue.need_prototypes import FILE, SUBJECT, NeedPrototypes
from assistant.catalogue.topic_assignment import text_centres
from assistant.catalogue.training_phrases import QUESTIONS, training_phrases
from assistant.embedding import CachedEncoder, SentenceEncoder, load_encoder
from assistant.embedding.vectors import unit
from assistant.settings import get_settings

SUBJECTS = DATA / "subjects.yml"
#: A longer phrase is mostly a story that speaks of several things.
MOST_WORDS = 10
#: Prototypes of a need from each start of k-means. One start depends much on chance, two together
#: less. All was set on the halves of `tests/search` that are for choosing.
PROTOTYPES, STARTS = 16, (0, 1)


def build(encoder: SentenceEncoder) -> NeedPrototypes:
    """Condense the training phrases of every need; quick only if their vectors are cached."""
    by_need: dict[str, list[np.ndarray]] = {}
    centres: dict[str, np.ndarray] = {}
    for folder in sorted(path for path in QUESTIONS.iterdir() if path.is_dir()):
        phrases = [item for path in sorted(folder.glob("*.yml")) for item in training_phrases(path)]
        phrases = [(need, text) for need, text in phrases if "/" in need]
        vectors = encoder.encode([text for _, text in phrases])
        centres[folder.name] = vectors.mean(axis=0)
        for (need, text), row in zip(phrases, unit(vectors - centres[folder.name])):
            if len(text.split()) <= MOST_WORDS:
                by_need.setdefault(need, []).append(row)
    needs = tuple(sorted(by_need))
    found, labels = [], []
    for place, need in enumerate(needs):
        rows = np.stack(by_need[need])
        count = min(PROTOTYPES, len(rows))
        for start in STARTS:
            means = KMeans(count, n_init=1, random_state=start).fit(rows).cluster_centers_
            found.append(unit(means).astype(np.float32))
            labels += [place] * count
    for subject, rows in subject_vectors(encoder, centres).items():
        needs += (f"{SUBJECT}/{subject}",)
        found.append(rows)
        labels += [len(needs) - 1] * len(rows)
    return NeedPrototypes(
        needs, np.concatenate(found), np.array(labels), centres, text_centres(encoder)
    )


def subject_vectors(
    encoder: SentenceEncoder, centres: dict[str, np.ndarray], path: Path = SUBJECTS
) -> dict[str, np.ndarray]:
    """The vectors of the phrases of each subject, seen from the centre of their language."""
    subjects: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        subject: np.concatenate(
            [
                unit(encoder.encode(phrases) - centres[language]).astype(np.float32)
                for language, phrases in by_language.items()
                if language in centres
            ]
        )
        for subject, by_language in subjects.items()
    }


def main() -> None:
    """Make the file anew."""
    settings = get_settings()
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    build(encoder).save(FILE)


if __name__ == "__main__":
    main()
