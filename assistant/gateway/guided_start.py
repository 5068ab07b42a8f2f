"""The guided start: what is offered with pictures to people who do not know what to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.guidance.topics import load_topics
from assistant.i18n import translator


@dataclass(frozen=True)
class PicturedTopic:
    """A picture with what is asked most of its topic.

    Attributes:
        picture: name of the drawing in `static/chat/pictures.js`.
        named: id of the topic or need that names it.
        needs: ids of needs (`topic/need`) or topics, the most asked first. A single one is
            answered at once.
    """

    picture: str
    named: str
    needs: tuple[str, ...]


def _of(picture: str, topic: str, *needs: str) -> PicturedTopic:
    """A topic with its own needs; one with a slash is of another topic."""
    return PicturedTopic(
        picture, topic, tuple(need if "/" in need else f"{topic}/{need}" for need in needs)
    )


#: In the order in which they are shown. No list is longer than eight: who cannot read well looks
#: at every line, or has them read aloud.
PICTURED_TOPICS: tuple[PicturedTopic, ...] = (
    _of(
        "danger",
        "emergency",
        "ambulance_fire_police",
        "violence_now",
        "child_in_danger",
        "suicidal_crisis",
        "poisoning",
        "human_trafficking",
        "nowhere_to_sleep_tonight",
    ),
    _of(
        "doctor",
        "health",
        "health_centre",
        "urgent_not_life_threatening",
        "maternity_and_child_health",
        "mental_health",
        "medicine_and_pharmacy",
        "vaccination",
        "right_to_care",
    ),
    PicturedTopic("tooth", "health/dental", ("health/dental",)),
    _of(
        "daycare",
        "early_childhood_education",
        "apply_for_place",
        "fees",
        "urgent_place",
        "open_activities_and_clubs",
        "pre_primary",
        "private_and_family_daycare",
        "special_support",
    ),
    _of(
        "school",
        "basic_education",
        "enrol_in_school",
        "preparatory_education",
        "own_mother_tongue",
        "morning_and_afternoon_activity",
        "school_meals_and_transport",
        "support_and_bullying",
        "change_school",
    ),
    _of(
        "course",
        "training_and_language_courses",
        "finnish_or_swedish_course",
        "integration_training",
        "literacy_training",
        "language_test_yki",
        "adult_basic_education",
        "vocational_training",
        "university_and_uas",
        "study_guidance",
    ),
    _of(
        "work",
        "employment_services",
        "register_as_jobseeker",
        "job_search_help",
        "unemployment_benefit_route",
        "cv_and_interview",
        "work_permit_for_job",
        "employee_rights",
        "starting_a_business/start_company",
    ),
    _of(
        "home",
        "housing",
        "apply_municipal_rental",
        "private_rental",
        "homelessness_and_shelter",
        "housing_benefit",
        "deposit_and_contract",
        "neighbours_and_repairs",
        "moving_and_notice",
        "student_housing",
    ),
    _of(
        "money",
        "social_security_benefits",
        "kela_coverage",
        "social_assistance",
        "child_benefit",
        "unemployment_benefit",
        "parental_allowance",
        "home_care_allowance",
        "student_benefit",
        "social_services/debt_counselling",
    ),
    _of(
        "tax",
        "taxation_banking",
        "tax_card",
        "bank_account",
        "bank_identifiers",
        "tax_return",
        "remittance",
    ),
    _of(
        "hobby",
        "leisure",
        "children_hobbies",
        "sports_and_swimming",
        "library",
        "playgrounds_and_family_cafes",
        "language_cafe",
        "adult_education_centre",
        "youth_centres",
        "events",
    ),
    _of(
        "permit",
        "residence_permit",
        "extend_permit",
        "family_reunification",
        "permanent_permit",
        "citizenship",
        "first_permit",
        "temporary_protection",
        "asylum",
        "travel_document",
    ),
    _of(
        "registration",
        "registration",
        "personal_identity_code",
        "municipality_of_residence",
        "change_of_address",
        "marriage_and_birth",
        "eu_registration",
        "electronic_identification",
    ),
    _of(
        "family",
        "social_services",
        "family_and_parenting",
        "social_worker",
        "child_welfare",
        "violence_at_home",
        "disability",
        "older_people",
        "substance_use",
    ),
    _of(
        "assessment",
        "initial_assessment",
        "what_is_it",
        "am_i_entitled",
        "how_to_request",
        "what_happens_in_it",
        "integration_plan/what_is_it",
        "integration_plan/how_to_get",
    ),
    PicturedTopic("person", "human_contact/talk_to_person", ("human_contact/talk_to_person",)),
    PicturedTopic(
        "other",
        "out_of_scope",
        (
            "language_and_interpreters",
            "legal_advice",
            "recognition_of_qualifications",
            "starting_a_business",
            "integration_plan",
            "human_contact",
        ),
    ),
)


def pictured_topics(language: str) -> list[dict[str, Any]]:
    """Topics for the guided start, named in a language: `picture`, `name`, `needs` (`id`, `name`).

    A need's `id` with a slash before it is the payload that asks for it.
    """
    topics, texts = load_topics(), translator(language)

    def name(identifier: str) -> str:
        return texts.gettext(topics.name(identifier))

    return [
        {
            "picture": one.picture,
            "name": name(one.named),
            "needs": [{"id": need, "name": name(need)} for need in one.needs],
        }
        for one in PICTURED_TOPICS
    ]
