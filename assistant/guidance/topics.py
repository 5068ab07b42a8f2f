"""Topics and needs with their names, as `domain.yml` lists them.

A need's name is the response `utter_<topic>/<need>`: what buttons and "did you mean" show.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.settings import PROJECT_ROOT

DOMAIN = PROJECT_ROOT / "domain.yml"

#: The areas that the law and the municipalities put first; offered when nothing is asked yet.
CORE_TOPICS = (
    "early_childhood_education",
    "basic_education",
    "training_and_language_courses",
    "housing",
    "leisure",
    "employment_services",
    "health",
    "initial_assessment",
)
#: Topics about the assistant itself: no guide, no service.
META_TOPICS = ("bot_meta", "out_of_scope")
#: Topics that ask for no service of a municipality.
NO_SERVICE_TOPICS = (*META_TOPICS, "human_contact", "emergency")


@dataclass(frozen=True)
class Topics:
    """English names by id; an id is `topic` or `topic/need`."""

    names: dict[str, str]

    def name(self, identifier: str) -> str:
        """The name of a need, or of its topic when the need is not known, in English."""
        return self.names.get(identifier) or self.names.get(identifier.split("/")[0], identifier)

    @property
    def topics(self) -> list[str]:
        """Ids of the topics."""
        return [identifier for identifier in self.names if "/" not in identifier]

    @property
    def needs(self) -> list[str]:
        """Ids `topic/need` of the needs."""
        return [identifier for identifier in self.names if "/" in identifier]

    def needs_of(self, topic: str) -> list[str]:
        """Ids `topic/need` of one topic's needs."""
        return [need for need in self.needs if need.startswith(f"{topic}/")]


@lru_cache(maxsize=4)
def load_topics(domain: Path = DOMAIN) -> Topics:
    """Read the names from the domain file."""
    responses = yaml.safe_load(domain.read_text(encoding="utf-8"))["responses"]
    return Topics(
        {
            key.removeprefix("utter_").removeprefix("topic_"): variations[0]["text"]
            for key, variations in responses.items()
            if key.startswith("utter_topic_") or "/" in key
        }
    )
