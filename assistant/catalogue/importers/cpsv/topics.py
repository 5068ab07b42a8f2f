"""Topics of a public service from its themes, sectors and events.

Few publishers agree on a scheme, so only what is known by all of them is mapped: the service
classes of Finland, the data themes of the EU, and words of common life and business events. The
sentence encoder assigns the topics of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.catalogue.topics import class_code, ptv_topics

#: Codes of the data themes of the EU that are about one topic.
THEMES = {
    "HEAL": "health",
    "EDUC": "training_and_language_courses",
}
#: Words in the labels of life and business events, themes and sectors.
WORDS = (
    ("starting a business", "starting_a_business"),
    ("start a business", "starting_a_business"),
    ("starting a company", "starting_a_business"),
    ("registering a company", "starting_a_business"),
    ("yrityksen perustaminen", "starting_a_business"),
    ("starta företag", "starting_a_business"),
    ("losing a job", "employment_services"),
    ("looking for a job", "employment_services"),
    ("finding a job", "employment_services"),
    ("becoming unemployed", "employment_services"),
    ("unemployment", "employment_services"),
    ("employment", "employment_services"),
    ("työnhaku", "employment_services"),
    ("moving", "registration"),
    ("muutto", "registration"),
    ("change of residence", "registration"),
    ("residence permit", "residence_permit"),
    ("immigration", "residence_permit"),
    ("oleskelulupa", "residence_permit"),
    ("housing", "housing"),
    ("asuminen", "housing"),
    ("boende", "housing"),
    ("health", "health"),
    ("terveys", "health"),
    ("hälsa", "health"),
    ("childcare", "early_childhood_education"),
    ("early childhood", "early_childhood_education"),
    ("varhaiskasvatus", "early_childhood_education"),
    ("primary education", "basic_education"),
    ("basic education", "basic_education"),
    ("perusopetus", "basic_education"),
    ("language course", "training_and_language_courses"),
    ("recognition of qualification", "recognition_of_qualifications"),
    ("social protection", "social_security_benefits"),
    ("social security", "social_security_benefits"),
    ("social service", "social_services"),
    ("sosiaalipalvelu", "social_services"),
    ("taxation", "taxation_banking"),
    ("verotus", "taxation_banking"),
    ("legal advice", "legal_advice"),
    ("leisure", "leisure"),
    ("culture and sport", "leisure"),
    ("vapaa-aika", "leisure"),
)


def cpsv_topics(classes: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """The topics of (address or code, labels) of classes, themes, sectors and events."""
    found: list[str] = []
    for address, labels in classes:
        code = class_code(address)
        if code is not None:
            found += ptv_topics([code])
            continue
        last = address.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        if "data-theme" in address and last in THEMES:
            found.append(THEMES[last])
        for label in labels:
            plain = label.casefold()
            found += [topic for word, topic in WORDS if word in plain]
    return list(dict.fromkeys(found))
