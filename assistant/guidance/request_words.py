"""What a request for the assessment says: every sentence in English, translated when it is shown.

The same sentences are read by the authority (in Finnish or Swedish) and by the person, so they are
short and speak of "the situation" rather than of "my situation": others may ask for a person.
"""

from __future__ import annotations

from assistant.i18n import marked

HEADING = marked("Request for the assessment of skills and the need for integration services")
TO = marked("To")
#: The authority of `assess` -> how it is addressed. The others are no place for this request.
AUTHORITIES = {
    "employment_authority": marked("Employment authority (työvoimaviranomainen)"),
    "municipality": marked("Municipality, integration services"),
    "municipality_and_wellbeing_services_county": marked(
        "Municipality and wellbeing services county (hyvinvointialue)"
    ),
}
ADDRESS = marked("{authority}, {municipality}")
REQUESTS = {
    "self": marked(
        "I request an assessment of my skills and the need for integration services "
        "(osaamisen ja kotoutumisen palvelutarpeen arviointi, alkukartoitus)."
    ),
    "child": marked(
        "I request an assessment of my child's skills and the need for integration services "
        "(osaamisen ja kotoutumisen palvelutarpeen arviointi, alkukartoitus)."
    ),
    "other": marked(
        "I make this contact for another person. I request an assessment of this person's skills "
        "and the need for integration services "
        "(osaamisen ja kotoutumisen palvelutarpeen arviointi, alkukartoitus)."
    ),
}

LANGUAGE = marked("Language")
INTERPRETER = marked("Interpreter needed")
YES, NO = marked("Yes"), marked("No")
MUNICIPALITY = marked("Municipality")
SITUATION = marked("Situation")
SITUATION_WORDS = {
    "unemployed_jobseeker": marked("Unemployed jobseeker"),
    "employed": marked("Working"),
    "student": marked("Studying"),
    "at_home_with_child": marked("Caring for a child at home"),
    "at_home": marked("At home"),
    "pensioner": marked("Retired"),
    "not_working": marked("Not working"),
    "other": marked("Another situation"),
}
BENEFIT = marked("Benefits")
BENEFIT_WORDS = {
    "social_assistance_long_term": marked("Social assistance (toimeentulotuki) for a long time"),
    "child_home_care_allowance": marked("Child home care allowance (kotihoidon tuki)"),
}
BOTH_BENEFITS = marked("{first}; {second}")
NEITHER_BENEFIT = marked("No child home care allowance, no long-term social assistance")
PERMIT = marked("Residence permit or registration")
#: Being a victim of trafficking, waiting for asylum or having no permit is never put on paper:
#: others may see it. The person tells it to the authority.
PERMIT_WORDS = {
    "international_protection": marked("International protection"),
    "family_of_protected": marked("Family member of a person with international protection"),
    "quota_refugee": marked("Quota refugee"),
    "temporary_protection": marked("Temporary protection"),
    "work": marked("Residence permit for work"),
    "student": marked("Residence permit for studies"),
    "family": marked("Residence permit for family"),
    "eu_citizen": marked("Registration of an EU citizen"),
    "nordic_citizen": marked("Registration of a citizen of a Nordic country"),
    "unaccompanied_minor": marked("Came to Finland as a child without parents"),
}
FIRST_PERMIT_DATE = marked("Date of the first residence permit, residence card or registration")
ASK_DATE = marked("Please tell me the date of the assessment and its place.")
ASK_REASONS = marked("If the answer is no, please give me the reasons in writing.")

#: What the person writes by hand: these never come from a conversation. There is no line for a
#: personal identity code.
PENS = {
    "self": (
        ("name", marked("Name")),
        ("date_of_birth", marked("Date of birth")),
        ("phone", marked("Phone")),
        ("email", marked("E-mail")),
    ),
    "child": (
        ("name", marked("Name of the child")),
        ("date_of_birth", marked("Date of birth of the child")),
        ("contact", marked("Name of the parent or guardian")),
        ("phone", marked("Phone")),
        ("email", marked("E-mail")),
    ),
    "other": (
        ("name", marked("Name of the person")),
        ("date_of_birth", marked("Date of birth of the person")),
        ("contact", marked("Name of the person who makes the contact")),
        ("phone", marked("Phone")),
        ("email", marked("E-mail")),
    ),
}
SIGNING = (("place_and_date", marked("Place and date")), ("signature", marked("Signature")))

CHECKLIST = (
    marked("Residence permit card or registration certificate, if you have it"),
    marked("Passport or another identity document, if you have it"),
    marked("School and work certificates, if you have them"),
    marked("Letters from Kela or from an authority, if you have them"),
    marked("Notes of what you wish: work, studies, language"),
)
MAY_NOT_FIT = marked("This request may not fit your situation now. Read this first.")
