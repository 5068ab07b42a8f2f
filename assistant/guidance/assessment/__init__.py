"""Who may ask for the assessment of skills and the need for integration services, and where.

The rules are data: one file a law in `data/guidance/assessment/`, with the days on which it is in
force. What is not known is `unknown` and becomes "ask the authority"; nothing here predicts an
official decision.
"""

from assistant.guidance.assessment.case import Case, CaseError, Period
from assistant.guidance.assessment.engine import assess, contradicting, decide, next_question
from assistant.guidance.assessment.rules import FOLDER, Rules, RulesError, load_rules, texts
from assistant.guidance.assessment.vocabulary import (
    BENEFITS,
    ENTITLEMENTS,
    FIELDS,
    PERMITS,
    RESPONSIBLE,
    SITUATIONS,
    UNKNOWN,
)

__all__ = [
    "BENEFITS",
    "ENTITLEMENTS",
    "FIELDS",
    "FOLDER",
    "PERMITS",
    "RESPONSIBLE",
    "SITUATIONS",
    "UNKNOWN",
    "Case",
    "CaseError",
    "Period",
    "Rules",
    "RulesError",
    "assess",
    "contradicting",
    "decide",
    "load_rules",
    "next_question",
    "texts",
]
