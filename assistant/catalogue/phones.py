"""Telephone numbers: written so that they can be dialled."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

REGION = "FI"
#: 112, 116 117, 10 024 and the like are dialled as they are, without a country code.
SHORT = 6
#: These work inside Finland only, so they keep the form in which they are published.
_DOMESTIC = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
)


def parses(number: str) -> bool:
    """True when there is a number to dial: a short one, or a possible full one in the text."""
    if is_short(number):
        return True
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(_bare(number), REGION))
    except phonenumbers.NumberParseException:
        return False


def _bare(number: str) -> str:
    """The number without a remark after it, such as `(extension 4)`."""
    return re.sub(r"\s*(\(\D.*|[^\W\d_]{3,}.*)$", "", number.strip())


def is_short(number: str) -> bool:
    """True for emergency and other short numbers."""
    digits = re.sub(r"\D", "", number)
    return 2 < len(digits) <= SHORT and not number.strip().startswith("+")


def shown(number: str) -> str:
    """The number as it is shown: international form where it parses, else as it was given."""
    number = number.strip()
    if is_short(number):
        return number
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    if phonenumbers.number_type(parsed) in _DOMESTIC and not number.startswith("+"):
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
