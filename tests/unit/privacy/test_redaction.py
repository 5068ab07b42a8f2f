"""Personal data is masked; what is nobody's stays."""

import pytest

from assistant.privacy import redact
from assistant.privacy.redaction import ADDRESS, EMAIL, IDENTITY_CODE, PHONE


@pytest.mark.parametrize(
    "code",
    [
        "131052-308T",
        "131052+308T",
        "010101A123N",
        "010101a123n",
        "010195Y9005",
        "010195X9005",
        "010594W9032",
        "020202B975H",
        "020202U975H",
        "131052-308X",
        "131052 308T",
        "131052308T",
        "1310523081",
        "131052 - 308T",
        "١٣١٠٥٢-٣٠٨T",
        "۱۳۱۰۵۲-۳۰۸T",
    ],
)
def test_an_identity_code_is_masked_also_when_it_is_mistyped(code):
    assert redact(f"my code is {code}, ok") == f"my code is {IDENTITY_CODE}, ok"


@pytest.mark.parametrize(
    "number",
    [
        "0401234567",
        "040 123 4567",
        "040-1234567",
        "050 1234567",
        "09 310 23400",
        "+358401234567",
        "+358 40 123 4567",
        "+358 (40) 123 4567",
        "00358401234567",
        "+252 61 1234567",
        "٠٤٠١٢٣٤٥٦٧",
        "۰۴۰ ۱۲۳ ۴۵۶۷",
    ],
)
def test_a_phone_number_is_masked(number):
    assert redact(f"call me {number} please") == f"call me {PHONE} please"


@pytest.mark.parametrize(
    "address",
    ["amina.ali@example.com", "a_b+c@mail.example.fi", "matti@työ.fi", "amina @ example.com"],
)
def test_an_e_mail_address_is_masked(address):
    assert redact(f"write to {address} ok") == f"write to {EMAIL} ok"


@pytest.mark.parametrize(
    "address",
    [
        "Mannerheimintie 5",
        "Hämeenkatu 12 B 34",
        "Hämeenkatu 12 b",
        "Rantapolku 3",
        "Storgatan 7",
        "Mannerheimvägen 102 A",
        "Koivukuja 2",
    ],
)
def test_a_street_address_is_masked(address):
    assert redact(f"I live at {address}, Espoo") == f"I live at {ADDRESS}, Espoo"


@pytest.mark.parametrize(
    "text",
    [
        "call 112",
        "call 116 117",
        "soita 116117",
        "since 2.3.2021",
        "born 24.12.1990",
        "on 2021-03-02",
        "on 01-02-2021",
        "00100 Helsinki",
        "postal code 02600",
        "in 2026",
        "since 2019-2021",
        "the rent is 850 euros",
        "1 250,50 €",
        "12 000 e",
        "my child is 3 years old",
        "bus 550",
        "open 8.00-16.00",
        "Migri 0295 430 500",
        "call 0800 05005",
        "call 0800147111",
        "IPA 7 and Windows 11",
        "١١٢",
        "أسكن منذ ٢٠٢١",
        "I live in Espoo",
        "🙂",
        "",
    ],
)
def test_what_is_nobody_s_stays_as_it_was_written(text):
    assert redact(text) == text


def test_a_phone_number_at_the_end_of_a_sentence_is_masked():
    assert redact("My number is 0401234567.") == f"My number is {PHONE}."


def test_everything_in_a_message_is_masked():
    found = redact("131052-308T, 0401234567, a@b.fi, Hämeenkatu 3")
    assert found == f"{IDENTITY_CODE}, {PHONE}, {EMAIL}, {ADDRESS}"


def test_a_masked_text_is_masked_once():
    once = redact("131052-308T or 0401234567")
    assert redact(once) == once


@pytest.mark.parametrize("text", ["0" * 4000, "a@" * 2000, "1-" * 2000, "A" * 4000, "+1 " * 1300])
def test_a_long_odd_message_is_masked_in_no_time(text):
    import time

    start = time.perf_counter()
    redact(text)
    assert time.perf_counter() - start < 1
