"""Which question to ask next: the one whose answer is likeliest to change the result.

A question is worth `openness` (how freely people answer it) times the chance that the answer
changes what the law says. The shares are rough, editorial and never shown; they only order
questions (data/guidance/assessment/questions.yml).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from assistant.guidance.assessment.vocabulary import FACTS, FIELDS

#: The fact through which the rules see a field, where it has another name.
_FACT_OF = {"first_permit_date": "time", "municipality": "aland", "age": "age_group"}
#: Below this, a question is not worth the trouble of answering it.
WORTH_ASKING = 0.05
#: The answer of people who get no benefit.
NOTHING = "nothing"


#: (facts, share) of each answer; the shares add up to 1.
Answers = tuple[tuple[dict[str, Any], float], ...]


@dataclass(frozen=True)
class Question:
    """What is asked about a field, and how common its answers are."""

    field: str
    openness: float
    answers: Answers
    #: Answers in other shares where the situation is known.
    by_situation: dict[str, Answers]
    why: str = ""

    def shares(self, situation: Optional[str]) -> Answers:
        """How common the answers are among people in a situation."""
        return self.by_situation.get(situation or "", self.answers)


def parse_questions(content: dict[str, Any]) -> dict[str, Question]:
    """Read the file of questions; its order breaks ties.

    Raises:
        ValueError: if a field or an answer does not exist, or the shares do not add up to 1.
    """
    questions = {}
    for field, entry in content.items():
        if field not in FIELDS:
            raise ValueError(f"there is no field {field!r}")
        questions[field] = Question(
            field=field,
            openness=float(entry["openness"]),
            answers=_answers(field, entry["answers"]),
            by_situation={
                situation: _answers(field, answers)
                for situation, answers in (entry.get("by_situation") or {}).items()
            },
            why=entry.get("why", ""),
        )
    return questions


def _answers(field: str, shares: dict[Any, float]) -> Answers:
    fact = _FACT_OF.get(field, field)
    answers = []
    for value, share in shares.items():
        known: Any = value
        if field == "benefits":
            known = () if value == NOTHING else (value,)
        if known != () and value not in FACTS[fact]:
            raise ValueError(f"{field}: there is no answer {value!r}")
        answers.append(({fact: known}, float(share)))
    if abs(sum(share for _, share in answers) - 1) > 1e-6:
        raise ValueError(f"{field}: the shares do not add up to 1")
    return tuple(answers)
