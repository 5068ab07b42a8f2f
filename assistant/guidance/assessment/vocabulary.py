"""The words of a case and of its answer, as other programs use them (docs/assessment.md)."""

from __future__ import annotations

from typing import Any

UNKNOWN = "unknown"

PERMITS = (
    "international_protection",
    "family_of_protected",
    "quota_refugee",
    "temporary_protection",
    "work",
    "student",
    "family",
    "eu_citizen",
    "nordic_citizen",
    "unaccompanied_minor",
    "trafficking_victim",
    "asylum_seeker",
    "none",
    "other",
)
SITUATIONS = (
    "unemployed_jobseeker",
    "employed",
    "student",
    "at_home_with_child",
    "at_home",
    "pensioner",
    "not_working",
    "other",
)
BENEFITS = ("social_assistance_long_term", "child_home_care_allowance")
ENTITLEMENTS = ("automatic", "on_request", "not_yet", "window_passed", "out_of_scope", UNKNOWN)
RESPONSIBLE = (
    "employment_authority",
    "municipality",
    "municipality_and_wellbeing_services_county",
    "reception_centre",
    "assistance_system_for_trafficking_victims",
    "none",
)
FIELDS = (
    "as_of",
    "municipality",
    "permit",
    "first_permit_date",
    "has_municipality_of_residence",
    "age",
    "situation",
    "benefits",
    "assessed_before",
)

#: When the first permit began, seen from the day asked about and the window of the law.
TIMES = ("before", "within", "after")
AGE_GROUPS = ("minor", "adult")

#: What conditions of the rules may ask about, and the values they may compare with.
FACTS: dict[str, tuple[Any, ...]] = {
    "permit": PERMITS,
    "situation": SITUATIONS,
    "benefits": BENEFITS,
    "has_municipality_of_residence": (True, False),
    "assessed_before": (True, False),
    "aland": (True, False),
    "time": TIMES,
    "age_group": AGE_GROUPS,
    "too_young_to_work": (True, False),
    "permit_before_birth": (True, False),
    "entitlement": ENTITLEMENTS,
    "responsible": RESPONSIBLE,
}
