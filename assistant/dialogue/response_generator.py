"""Rasa's response generator (`nlg` in endpoints.yml): domain responses in the person's language.

It also answers emergencies from their guides, inside Rasa, so that this needs no other process.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, Optional

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.dialogue import action_schema
from assistant.dialogue.responses import domain_responses, respond
from assistant.dialogue.terminal import rasa_response
from assistant.dialogue.turn import Turn

action_schema.install()


class GettextResponseGenerator(NaturalLanguageGenerator):
    """Generates responses from the domain through the message catalogues."""

    def __init__(
        self, endpoint_config: Optional[EndpointConfig] = None, domain: Optional[Domain] = None
    ) -> None:
        self.responses = (domain or Domain.empty()).responses

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> Optional[Dict[str, Any]]:
        """The response of an action as Rasa's `text`, `buttons` and `custom`."""
        if utter_action not in domain_responses():
            return None
        turn = Turn.from_tracker(tracker.current_state(), date.today())
        return rasa_response(respond(utter_action, turn), turn, output_channel)
