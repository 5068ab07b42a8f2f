"""A small made-up folder of guidance in which nothing is wrong, for tests that break one thing."""

from datetime import date, timedelta

import pytest
import yaml
from babel.messages.catalog import Catalog

from assistant.guidance.check import OLD, check_guidance, read_data
from assistant.i18n.catalogs import po_path
from assistant.i18n.update import write_catalog

TODAY = date(2026, 11, 24)
READ = date(2026, 11, 1)

DOMAIN = {
    "responses": {
        "utter_topic_housing": [{"text": "Housing"}],
        "utter_housing/deposit": [{"text": "The deposit"}],
        "utter_topic_bot_meta": [{"text": "The assistant"}],
        "utter_bot_meta/greeting": [{"text": "Greeting"}],
        "utter_danger": [{"text": "Call 112 now."}],
    }
}
GUIDE = {
    "title": "The deposit",
    "do": ["Read the contract.", "In danger, call 112."],
    "where": "The landlord.",
    "know": ["The deposit is at most the rent of three months."],
    "search": {"topics": ["housing"]},
    "contacts": ["help"],
    "related": ["housing"],
    "sources": ["ministry", "city"],
    "status": "verified",
    "checked": READ,
}
SOURCES = [
    {
        "id": name,
        "title": name.title(),
        "url": url,
        "checked": READ,
        "status": "verified",
    }
    for name, url in (
        ("112", "https://112.fi/en"),
        ("ministry", "https://okm.fi/deposit"),
        ("city", "https://www.turku.fi/housing"),
    )
]
CONTACTS = [
    {
        "id": "help",
        "name": "Emergency number 112",
        "summary": "Call when a life is in danger.",
        "phones": [{"number": "112", "label": ""}],
        "hours": "24/7",
        "url": "https://112.fi",
        "source": "112",
        "status": "verified",
        "checked": READ,
    }
]
SENTENCES = {
    "ask": {"text": "Ask the city.", "status": "advice"},
    "years": {
        "text": "Your permit may be at most three years old.",
        "status": "verified",
        "sources": ["city"],
    },
}
QUESTIONS = {"age": {"why": "There are rules for children."}}
FACTS = [
    {
        "figure": "112",
        "means": "The emergency number",
        "sources": ["112"],
        "status": "verified",
        "checked": READ,
    },
    {
        "figure": "24/7",
        "means": "It always answers",
        "texts": ["contact:help"],
        "sources": ["112"],
        "status": "verified",
        "checked": READ,
        "valid_until": date(2027, 11, 1),
    },
    {
        "figure": "three months",
        "means": "The most that a deposit may be",
        "texts": ["housing/deposit"],
        "sources": ["ministry"],
        "status": "verified",
        "checked": READ,
    },
    {
        "figure": "three years",
        "means": "How old the first permit may be",
        "texts": ["sentence:years"],
        "sources": ["city"],
        "status": "verified",
        "checked": READ,
    },
]


class Folder:
    """The made-up folder; what is changed is written anew."""

    def __init__(self, root):
        self.root = root
        self.write("domain.yml", DOMAIN)
        self.write("data/guidance/needs/housing/deposit.yml", GUIDE)
        self.write("data/guidance/needs/housing/_topic.yml", {**GUIDE, "know": []})
        self.write("data/guidance/sources.yml", SOURCES)
        self.write("data/guidance/facts.yml", FACTS)
        self.write("data/guidance/hosts.yml", ["112.fi", "okm.fi"])
        self.write("data/guidance/assessment/sentences.yml", SENTENCES)
        self.write("data/guidance/assessment/questions.yml", QUESTIONS)
        self.write("data/guidance/assessment/law.yml", {"status": "planned", "sources": ["city"]})
        self.write("data/catalogue/national.yml", CONTACTS)
        self.phrases("fi", "housing/deposit")

    def write(self, path, content):
        """Write a file: text as it is, everything else as YAML."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        file.write_text(text, encoding="utf-8")

    def guide(self, need="deposit", **changes):
        """Write a guide; a field of None is left out."""
        content = {key: value for key, value in {**GUIDE, **changes}.items() if value is not None}
        self.write(f"data/guidance/needs/housing/{need}.yml", content)

    def source(self, name, **changes):
        """Change a source, or add one."""
        known = {one["id"]: one for one in SOURCES}
        known[name] = {**known.get(name, {**SOURCES[1], "id": name}), **changes}
        self.write("data/guidance/sources.yml", list(known.values()))

    def contact(self, **changes):
        """Change the contact."""
        self.write("data/catalogue/national.yml", [{**CONTACTS[0], **changes}])

    def sentence(self, **changes):
        """Change the sentence that states a fact."""
        years = {**SENTENCES["years"], **changes}
        self.write("data/guidance/assessment/sentences.yml", {**SENTENCES, "years": years})

    def fact(self, name, /, **changes):
        """Change the entry of a figure, or add one; a field of None is left out."""
        known = {one["figure"]: one for one in FACTS}
        entry = {**known.get(name, {**FACTS[2], "figure": name}), **changes}
        known[name] = {key: value for key, value in entry.items() if value is not None}
        self.write("data/guidance/facts.yml", list(known.values()))

    def phrases(self, language, *needs):
        """Write training phrases that lead to needs."""
        text = 'version: "3.1"\nnlu:\n' + "".join(
            f"- intent: {need}\n  examples: |\n    - deposit\n" for need in needs
        )
        self.write(f"data/nlu/{language}/housing.yml", text)

    def translation(self, language, message, string):
        """Write the translations of a language, with one text."""
        catalog = Catalog(locale=language, fuzzy=False)
        catalog.add(message, string)
        write_catalog(catalog, po_path(language, self.root / "assistant" / "i18n" / "locales"))

    def problems(self, older_than=OLD, today=TODAY):
        """Everything that the check finds."""
        return check_guidance(read_data(self.root), today, timedelta(days=older_than.days))

    def found(self, kind, **options):
        """The problems of one kind."""
        return [problem for problem in self.problems(**options) if problem.kind == kind]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)
