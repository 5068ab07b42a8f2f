"""What people write to the two bots in the benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Script:
    """Messages of one person, in the language of the conversation; said again when they end."""

    language: str
    messages: tuple[str, ...]

    def turns(self, count: int) -> list[str]:
        """The first messages of a conversation of this length."""
        return list(islice(cycle(self.messages), count))


#: Five people with four messages each: a need, a reply to the question it leads to, other needs.
KUNTAOPAS = (
    Script(
        "fi",
        (
            "hei, tarvitsen päiväkotipaikan 3-vuotiaalle",
            "asun Espoossa",
            "mistä löydän suomen kurssin?",
            "miten saan vuokra-asunnon",
        ),
    ),
    Script(
        "en",
        (
            "how do i get a daycare place for my son",
            "I live in Tampere",
            "I need help to find a job",
            "where can my daughter play football?",
        ),
    ),
    Script(
        "ar",
        (
            "أحتاج إلى روضة لطفلي",
            "أسكن في هلسنكي",
            "أين أتعلم اللغة الفنلندية؟",
            "كيف أحصل على سكن",
        ),
    ),
    Script(
        "uk",
        (
            "Добрий день! Як записати дитину в садок?",
            "живу у Вантаа",
            "де можна вчити фінську мову",
            "хочу відкрити свою фірму",
        ),
    ),
    Script(
        "zh",
        (
            "我想给孩子找幼儿园",
            "我住在赫尔辛基",
            "哪里可以学芬兰语？",
            "怎么申请租房",
        ),
    ),
)


def init_bot_script(project: Path, count: int = 20) -> Script:
    """The example phrases of the bot of `rasa init`, taken in turn from its intents."""
    data = yaml.safe_load((project / "data" / "nlu.yml").read_text(encoding="utf-8"))
    intents = [
        [line.removeprefix("- ").strip() for line in intent["examples"].splitlines()]
        for intent in data["nlu"]
    ]
    longest = max(len(examples) for examples in intents)
    phrases = [
        examples[row] for row in range(longest) for examples in intents if row < len(examples)
    ]
    return Script("en", tuple(phrase for phrase in phrases if phrase)[:count])
