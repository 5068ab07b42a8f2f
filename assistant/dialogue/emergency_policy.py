"""Rasa policy: an emergency is answered before anything else, an open form included.

A form runs before rules do, and asks the action server to check the reply; with this policy,
which outranks all others, an emergency needs no other process.
"""

from __future__ import annotations

from typing import Any, Dict, Optional

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

EMERGENCY = "emergency"
ANSWER = "utter_danger"


#: The same turn as the rule in data/rules/emergency.yml: answer, end an open form, listen.
TURN = {
    ACTION_LISTEN_NAME: ANSWER,
    ANSWER: ACTION_DEACTIVATE_LOOP_NAME,
    ACTION_DEACTIVATE_LOOP_NAME: ACTION_LISTEN_NAME,
}


def next_action(intent: Optional[str], latest_action: Optional[str]) -> Optional[str]:
    """The action that has to come next in an emergency; None when there is no emergency."""
    return TURN.get(latest_action or "") if intent == EMERGENCY else None


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class EmergencyPolicy(Policy):
    """Answers, ends an open form, and listens again."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`priority` is above every policy of Rasa's."""
        return {"priority": 100}

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EmergencyPolicy:
        """There is nothing to load."""
        return cls(config, model_storage, resource, execution_context)

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """There is nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Certain in an emergency, silent otherwise."""
        intent = tracker.latest_message.intent.get("name") if tracker.latest_message else None
        action = next_action(intent, tracker.latest_action_name)
        probabilities = self._default_predictions(domain)
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)
