"""The request for the assessment: in two languages, what is not known is left for a pen."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from assistant.catalogue.municipalities import municipalities, municipality
from assistant.catalogue.municipality_languages import official_language, official_languages
from assistant.guidance import request_words as words
from assistant.guidance.assessment import BENEFITS, PERMITS, SITUATIONS, CaseError
from assistant.guidance.request_letter import BLANK, request_letter
from assistant.guidance.window_calendar import window_calendar
from assistant.i18n import SERVED, translator

AS_OF = "2026-11-24"


def letter(language="en", for_whom="self", official=None, spoken=None, **case):
    return request_letter({"as_of": AS_OF, **case}, language, for_whom, official, spoken)


def part(side, name):
    return next((part for part in side.parts if part.id == name), None)


def value(side, name):
    found = part(side, name).value
    return None if found is None else found.text


def test_a_jobseeker_writes_to_the_employment_authority_of_the_municipality():
    side = letter(municipality="853", situation="unemployed_jobseeker").own
    assert value(side, "to") == "Employment authority (työvoimaviranomainen), Turku"
    assert value(side, "situation") == "Unemployed jobseeker"


def test_a_parent_on_home_care_allowance_writes_to_the_municipality():
    side = letter(municipality="853", benefits=["child_home_care_allowance"]).own
    assert value(side, "to") == "Municipality, integration services, Turku"
    assert value(side, "benefits") == "Child home care allowance (kotihoidon tuki)"


def test_what_is_not_known_is_a_blank_and_not_left_out():
    side = letter().own
    for name in ("municipality", "situation", "benefits", "first_permit_date"):
        assert part(side, name) is not None
        assert value(side, name) is None


def test_a_person_who_gets_neither_benefit_has_no_blank_for_it():
    assert value(letter(benefits=[]).own, "benefits") == words.NEITHER_BENEFIT


def test_both_sides_have_the_same_lines():
    both = letter("ar", municipality="091", situation="student")
    assert [one.id for one in both.official.parts] == [one.id for one in both.own.parts]


def test_personal_details_are_always_blanks_and_no_identity_code_is_asked():
    pens = [one for one in letter().official.parts if one.kind == "pen"]
    assert [one.id for one in pens] == [
        "name", "date_of_birth", "phone", "email", "place_and_date", "signature"
    ]  # fmt: skip
    assert all(one.value is None for one in pens)
    assert "identity code" not in letter().as_text().lower()


@pytest.mark.parametrize(
    ("for_whom", "says", "contact"),
    [("child", "my child's skills", True), ("other", "contact for another person", True),
     ("self", "assessment of my skills", False)],
)  # fmt: skip
def test_the_request_says_for_whom_it_is(for_whom, says, contact):
    side = letter(for_whom=for_whom).own
    assert says in part(side, "request").label.text
    assert (part(side, "contact") is not None) == contact


def test_the_request_has_the_current_finnish_name_and_the_old_one():
    request = part(letter().own, "request").label.text
    assert "osaamisen ja kotoutumisen palvelutarpeen arviointi, alkukartoitus" in request


@pytest.mark.parametrize(
    ("language", "official", "own"),
    [("so", "somali", "Soomaali"), ("ar", "arabia", "العربية"), ("zh", "kiina", "中文")],
)
def test_the_language_is_named_in_both_languages(language, official, own):
    both = letter(language)
    assert (value(both.official, "language"), value(both.own, "language")) == (official, own)


def test_a_language_that_is_not_served_is_still_named():
    both = letter("en", spoken="sq")
    assert (both.own.language, value(both.official, "language")) == ("en", "albania")


@pytest.mark.parametrize("spoken", ["", "xx", "☃"])
def test_a_language_that_is_not_known_is_a_blank(spoken):
    assert value(letter("en", spoken=spoken).own, "language") is None


@pytest.mark.parametrize(
    ("written", "official", "own"),
    [
        ("2025-03-01", "1. maaliskuuta 2025", "1 mars 2025"),
        ("2025-03", "maaliskuu 2025", "mars 2025"),
        ("2025", "2025", "2025"),
    ],
)
def test_a_date_is_as_exact_as_it_was_given(written, official, own):
    both = letter("fr", first_permit_date=written)
    assert value(both.official, "first_permit_date") == official
    assert value(both.own, "first_permit_date") == own


def test_a_permit_is_named_only_where_the_law_has_rules_of_its_own_for_it():
    assert value(letter(permit="quota_refugee").own, "permit") == "Quota refugee"
    for permit in ("work", "family", "student"):
        assert part(letter(permit=permit, situation="employed").own, "permit") is None
    assert part(letter().own, "permit") is None


@pytest.mark.parametrize("permit", ["trafficking_victim", "asylum_seeker", "none"])
def test_what_could_endanger_a_person_is_not_put_on_paper(permit):
    assert part(letter(permit=permit, municipality="091").own, "permit") is None


@pytest.mark.parametrize(
    "case", [{"permit": "asylum_seeker"}, {"municipality": "478"}, {"first_permit_date": "2020"}]
)
def test_a_person_whom_the_request_may_not_fit_reads_first_what_to_do(case):
    notes = letter(situation="employed", **case).notes
    assert notes[0].text == words.MAY_NOT_FIT
    assert len(notes) > 1


def test_an_ordinary_request_has_no_such_note():
    assert letter(municipality="091", situation="employed").notes == ()


@pytest.mark.parametrize(
    ("place", "language", "official"),
    [
        ("091", "so", "fi"),
        ("091", "sv", "sv"),
        ("837", "sv", "fi"),
        ("545", "ar", "sv"),
        ("545", "fi", "fi"),
        ("478", "fi", "sv"),
        (None, "sv", "sv"),
        (None, "ar", "fi"),
    ],
)
def test_the_official_language_is_one_of_the_municipality(place, language, official):
    assert letter(language, municipality=place).official.language == official
    assert official_language(place, language) == official


def test_the_person_may_choose_the_other_official_language():
    chosen = letter("so", municipality="091", official="sv")
    assert (chosen.official.language, chosen.other_official) == ("sv", "fi")
    assert value(chosen.official, "municipality") == "Helsingfors"


def test_a_person_who_speaks_the_official_language_needs_no_second_column():
    alone = letter("fi", municipality="837")
    assert alone.own is None
    assert alone.as_text().count(BLANK) == alone.official.as_text().count(BLANK)


def test_every_listed_municipality_exists_and_aland_is_swedish():
    listed = {place.code: official_languages(place.code) for place in municipalities()}
    assert sum(languages == ("fi", "sv") for languages in listed.values()) == 18
    assert sum(languages == ("sv", "fi") for languages in listed.values()) == 15
    swedish = {code for code, languages in listed.items() if languages == ("sv",)}
    assert swedish == {place.code for place in municipalities() if place.in_aland}
    assert municipality("837") is not None and official_languages("837") == ("fi",)


def test_the_text_for_an_email_has_the_official_language_first():
    both = letter("so", municipality="091")
    text = both.as_text()
    assert text.index("somali") < text.index("Soomaali")
    assert text.startswith(both.official.as_text())


def test_digits_in_arabic_text_are_isolated():
    exact = part(letter("ar", first_permit_date="2025-03-01").own, "first_permit_date").value
    assert exact.plain == "\u20661\u2069 مارس \u20662025\u2069"


@pytest.mark.parametrize("language", SERVED)
def test_every_case_makes_a_letter_in_every_language(language):
    for permit in PERMITS:
        case = {"permit": permit, "municipality": "091", "benefits": list(BENEFITS)}
        assert letter(language, **case).as_text()
    for situation in SITUATIONS:
        assert value(letter(language, situation=situation).official, "situation")


def test_a_text_that_is_not_translated_says_that_it_is_english(monkeypatch):
    monkeypatch.setattr(type(translator("fi")), "has", lambda self, message: False)
    assert {one.label.language for one in letter("ar").own.parts} == {"en"}


def test_a_value_that_cannot_be_is_refused():
    with pytest.raises(CaseError):
        letter(situation="astronaut")


def test_the_window_is_known_only_with_a_date():
    assert letter(situation="employed").window_ends is None
    known = letter(situation="employed", first_permit_date="2025-03-01")
    assert (known.window_ends, known.window_exact) == (date(2028, 3, 1), True)


def test_a_month_counts_from_its_earliest_day():
    month = letter(situation="employed", first_permit_date="2025-03")
    assert (month.window_ends, month.window_exact) == (date(2028, 3, 1), False)


@pytest.mark.parametrize("permit", ["temporary_protection", "asylum_seeker", "none"])
def test_there_is_no_window_where_it_is_not_known_to_bind(permit):
    assert letter(permit=permit, first_permit_date="2025-03-01").window_ends is None


def entry(language="en", exact=True):
    now = datetime(2026, 11, 24, tzinfo=timezone.utc)
    made = Calendar.from_ical(window_calendar(date(2028, 3, 1), language, now, exact))
    (event,) = made.walk("VEVENT")
    return event


def test_the_calendar_entry_is_the_last_day_with_two_reminders():
    event = entry()
    assert event["dtstart"].dt == date(2028, 3, 1)
    start = datetime(2028, 3, 1)
    at = [start + alarm["trigger"].dt for alarm in event.walk("VALARM")]
    assert at == [start - timedelta(days=days) + timedelta(hours=9) for days in (60, 14)]


def test_an_uncertain_end_says_that_it_is_the_earliest():
    earliest = "on this day or later"
    assert earliest in str(entry(exact=False)["description"])
    assert earliest not in str(entry()["description"])


def test_adding_the_entry_twice_makes_one_entry():
    assert entry("fi")["uid"] == entry("ar")["uid"]
