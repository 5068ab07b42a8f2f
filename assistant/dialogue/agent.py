"""The whole assistant in one process: NLU for `parse`, and dialogue for `chat` and for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from assistant.channels.collector import MessageCollector
from assistant.dialogue.apology import apology
from assistant.dialogue.response_generator import GettextResponseGenerator
from assistant.i18n import served
from assistant.nlu.parse_result import parse_result

CHANNEL = "rest"


class InProcessActions:
    """Runs actions where Rasa would post to the action server."""

    url = "in-process"
    kwargs: Dict[str, Any] = {"enable_selective_domain": True}

    def __init__(self, executor: ActionExecutor) -> None:
        self._executor = executor

    async def request(self, json: Dict[str, Any], **_: Any) -> Any:
        """Run the action of one call."""
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            raise _rejected(rejection) from rejection


def _rejected(rejection: ActionExecutionRejection) -> ClientResponseError:
    text = json.dumps({"error": rejection.message, "action_name": rejection.action_name})
    return ClientResponseError(400, rejection.message, text)


class Assistant:
    """A loaded model, its actions and a tracker store."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    @classmethod
    def load(
        cls, model: Path, executor: ActionExecutor, tracker_store: Optional[TrackerStore] = None
    ) -> Assistant:
        """Load the model; conversations live in memory unless a tracker store is given."""
        from assistant.dialogue.memory_store import MemoryConversationStore

        agent = Agent.load(
            str(model),
            action_endpoint=InProcessActions(executor),
            tracker_store=tracker_store or MemoryConversationStore(Domain.empty()),
            generator=GettextResponseGenerator(),
        )
        return cls(agent)

    async def parse(self, text: str, language: Optional[str] = None) -> Dict[str, Any]:
        """What NLU makes of a message (design: `kuntaopas parse --jsonl`)."""
        metadata = {"language": language} if language else None
        assert self._agent.processor is not None
        parsed = await self._agent.processor.parse_message(UserMessage(text, metadata=metadata))
        return parse_result(text, dict(parsed))

    async def handle(
        self,
        conversation: str,
        text: str,
        language: Optional[str] = None,
        municipality: Optional[str] = None,
    ) -> List[Dict[str, Any]]:
        """The channel-neutral messages that answer one message of a conversation."""
        metadata = {"language": language, "municipality": municipality}
        collector = MessageCollector()
        await self._agent.handle_message(
            UserMessage(
                text,
                collector,
                conversation,
                input_channel=CHANNEL,
                metadata={key: value for key, value in metadata.items() if value},
            )
        )
        messages = [sent["custom"] for sent in collector.messages if "custom" in sent]
        if messages:
            return messages
        known = (await self.slots(conversation)).get("language")
        return [dict(apology(served(known or language)))]

    async def slots(self, conversation: str) -> Dict[str, Any]:
        """The slots of a conversation."""
        tracker = await self._agent.tracker_store.retrieve(conversation)
        return dict(tracker.current_slot_values()) if tracker is not None else {}
