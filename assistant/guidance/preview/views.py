"""What the page shows of guides in one language, ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Optional

from babel.dates import format_date, format_timedelta

from assistant.guidance.guides import Guide, Guides
from assistant.guidance.preview.contacts import Contact
from assistant.guidance.sources import Source
from assistant.guidance.topics import META_TOPICS, Topics
from assistant.i18n import LANGUAGES, SOURCE_LANGUAGE, Translator, direction
from assistant.i18n.bidi import isolate

#: As the dialogue says them (assistant.dialogue.guide_text).
MAY_HAVE_CHANGED = "The law may have changed. Check this with the authority."
CHECK_AGAIN = "This may have changed. Check it with the office."
WHERE, KNOW, SOURCES = "Where:", "Good to know:", "Sources"
CHECKED = "Checked on {date}"
#: A guide of these topics never says that it may have changed: a life is in danger.
EMERGENCY = "emergency"
#: So long a time that Babel counts it in days still.
_ALL_DAYS = 1_000_000_000.0


@dataclass(frozen=True)
class Shown:
    """A text as a person sees it.

    Attributes:
        text: with its left-to-right pieces isolated where the language is written right to left.
        language: of the text itself: English where it has no translation.
        foreign: it is English in a page of another language.
    """

    text: str
    language: str
    foreign: bool = False

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.language)


@dataclass(frozen=True)
class Link:
    """Something to follow; without an address only its name is shown."""

    name: Shown
    address: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceView:
    """A source with the day on which somebody read it last, and how long ago that is."""

    source: Source
    checked: Shown
    age: Shown
    days: int


@dataclass(frozen=True)
class GuideView:
    """A guide in one language."""

    guide: Guide
    anchor: str
    title: Shown
    before: tuple[Shown, ...]
    do: tuple[Shown, ...]
    where: Optional[Shown]
    know: tuple[Shown, ...]
    after: tuple[Shown, ...]
    simple: Optional[Shown]
    related: tuple[Link, ...]
    contacts: tuple[Link, ...]
    sources: tuple[SourceView, ...]
    days: int
    texts: int
    missing: int


@dataclass(frozen=True)
class TopicView:
    """A topic with its guides and the needs that are answered by its general one."""

    id: str
    anchor: str
    name: Shown
    guides: tuple[GuideView, ...]
    without: tuple[Shown, ...]


@dataclass
class LanguageView:
    """All guides in one language, and how far it is.

    Attributes:
        reviewed: texts of guides that somebody has reviewed.
        reviewers: who has reviewed all texts; empty when nobody has.
    """

    code: str
    own_name: str
    english_name: str
    direction: str
    topics: tuple[TopicView, ...]
    labels: dict[str, Shown]
    texts: int = 0
    translated: int = 0
    reviewed: int = 0
    reviewers: str = ""
    guides: tuple[GuideView, ...] = field(default=())

    @property
    def source(self) -> bool:
        """True for the language in which the texts are written."""
        return self.code == SOURCE_LANGUAGE

    @property
    def complete(self) -> int:
        """How many guides have no text in English."""
        return sum(not guide.missing for guide in self.guides)


class Views:
    """Makes the views of one language.

    Args:
        translator: of the language.
        guides: all of them.
        topics: names of topics and needs.
        contacts: by id.
        on: the day of the page.
    """

    def __init__(
        self,
        translator: Translator,
        guides: Guides,
        topics: Topics,
        contacts: dict[str, Contact],
        on: date,
    ) -> None:
        self.language = translator.language
        self._translator = translator
        self._guides = guides
        self._topics = topics
        self._contacts = contacts
        self._on = on

    def say(self, message: str, **values: str) -> Shown:
        """A text in the language, or in English and marked so."""
        if not self._translator.has(message):
            return Shown(message.format(**values) if values else message, SOURCE_LANGUAGE, True)
        text = self._translator.gettext(message)
        return self._own(text.format(**values) if values else text)

    def language_view(self, reviewed: dict[str, str], reviewers: str) -> LanguageView:
        """Everything of the language.

        Args:
            reviewed: the reviewer of each text that has one, by its English source.
            reviewers: who has reviewed all of them; empty when nobody has.
        """
        named = [topic for topic in self._topics.topics if topic not in META_TOPICS]
        # A guide whose topic has no name is shown too: nothing is left out.
        ids = dict.fromkeys([*named, *(guide.topic for guide in self._guides.guides.values())])
        topics = tuple(self._topic(topic) for topic in ids)
        guides = tuple(guide for topic in topics for guide in topic.guides)
        # Guides share texts: each is counted once.
        texts = {text for view in guides for _, text in view.guide.texts() if text}
        return LanguageView(
            code=self.language,
            own_name=LANGUAGES[self.language].own_name,
            english_name=english_name(self.language),
            direction=direction(self.language),
            topics=topics,
            labels={"where": self.say(WHERE), "know": self.say(KNOW), "sources": self.say(SOURCES)},
            texts=len(texts),
            translated=sum(self._translator.has(text) for text in texts),
            reviewed=sum(text in reviewed for text in texts),
            reviewers=reviewers,
            guides=guides,
        )

    def _topic(self, topic: str) -> TopicView:
        guides = self._guides.guides
        needs = self._topics.needs_of(topic)
        found = [one for one in (topic, *needs) if one in guides]
        found += [one for one in guides if one.startswith(f"{topic}/") and one not in found]
        return TopicView(
            id=topic,
            anchor=f"{self.language}-topic-{topic}",
            name=self.say(self._topics.name(topic)),
            guides=tuple(self._guide(guides[one]) for one in found),
            without=tuple(self.say(self._topics.name(one)) for one in needs if one not in guides),
        )

    def _guide(self, guide: Guide) -> GuideView:
        texts = [text for _, text in guide.texts() if text]
        dated = guide.status == "dated" and guide.topic != EMERGENCY
        return GuideView(
            guide=guide,
            anchor=self._anchor(guide.id),
            title=self.say(guide.title),
            before=self._said(() if guide.in_force(self._on) else (MAY_HAVE_CHANGED,)),
            do=self._said(guide.do),
            where=self.say(guide.where) if guide.where else None,
            know=self._said(guide.know),
            after=self._said((CHECK_AGAIN,) if dated else ()),
            simple=self.say(guide.simple) if guide.simple else None,
            related=tuple(self._related(one) for one in guide.related),
            contacts=tuple(self._contact(one) for one in guide.contacts),
            sources=tuple(self._source(source) for source in guide.sources),
            days=(self._on - guide.checked).days,
            texts=len(texts),
            missing=sum(not self._translator.has(text) for text in texts),
        )

    def _said(self, messages: Sequence[str]) -> tuple[Shown, ...]:
        return tuple(self.say(message) for message in messages)

    def _related(self, identifier: str) -> Link:
        topic, _, need = identifier.partition("/")
        found = self._guides.find(topic, need or None)
        address = f"#{self._anchor(found.id)}" if found else ""
        return Link(self.say(self._topics.name(identifier)), address)

    def _contact(self, identifier: str) -> Link:
        contact = self._contacts.get(identifier)
        if contact is None:
            return Link(Shown(f"unknown contact: {identifier}", SOURCE_LANGUAGE, True))
        return Link(self.say(contact.name), contact.url, contact.phones)

    def _source(self, source: Source) -> SourceView:
        days = (self._on - source.checked).days
        day = format_date(source.checked, "medium", locale=self.language)
        age = format_timedelta(
            timedelta(days=days), granularity="day", threshold=_ALL_DAYS, locale=self.language
        )
        return SourceView(source, self.say(CHECKED, date=day), self._own(age), days)

    def _own(self, text: str) -> Shown:
        return Shown(isolate(text, self.language), self.language)

    def _anchor(self, identifier: str) -> str:
        return f"{self.language}.{identifier.replace('/', '.')}"


def english_name(code: str) -> str:
    """The English name of a language; its code where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code
