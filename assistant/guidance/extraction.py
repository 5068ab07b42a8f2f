"""The texts of guides and of the assessment's rules that are to be translated."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guidance import assessment, guides


def messages() -> Iterator[tuple[str, str, str]]:
    """(file, key, text) of every text in `data/guidance`; the file is relative to the project."""
    for guide in guides.load_guides().guides.values():
        need = guide.id.split("/", 1)[1] if "/" in guide.id else guides.TOPIC_FILE
        for key, text in guide.texts():
            yield f"data/guidance/needs/{guide.topic}/{need}.yml", key, text
    for file, key, text in assessment.texts():
        yield f"data/guidance/assessment/{file}", key, text
