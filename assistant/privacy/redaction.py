"""Masks personal data in messages: identity codes, phone numbers, e-mails, street addresses.

The Finnish personal identity code (henkilötunnus) is DDMMYY, a century sign, an individual number
and a check character (Digital and Population Data Services Agency). A code with a wrong check
character is masked too: a mistyped code is still somebody's.
"""

import re

IDENTITY_CODE = "[identity code]"
PHONE = "[phone number]"
EMAIL = "[e-mail]"
ADDRESS = "[address]"

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Without a century sign, ten digits that begin with 0 are a phone number.
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-3]\d[01]\d{3}\s?(?:[-+–A-FU-Ya-fu-y]\s?\d{3}[0-9A-Ya-y]|\d{3}[A-Ya-y])"
    r"|[1-3]\d[01]\d{3}\s?\d{4})(?![0-9A-Za-z])"
)
_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
# International numbers, Finnish mobile and landline numbers; not 112, 116 117, dates or years.
_PHONE = re.compile(
    r"(?<![\w.])(?:\+|00)\d(?:[\s()-]{0,2}\d){6,14}(?!\w)"
    r"|(?<![\w.])(?!\d\d-\d\d-(?:19|20)\d\d(?!\d))0\d(?:[\s()-]?\d){5,10}(?!\w|\.\w)"
)
_STREET = (
    r"(?:katu|kadun|tie|tien|kuja|polku|raitti|väylä|rinne|kaari|puisto|puistikko|penger|aukio|ranta"
    r"|gatan|gata|vägen|gränden|stigen|esplanaden)"
)
_ADDRESS = re.compile(
    rf"\b[A-ZÅÄÖ][\wåäö]*{_STREET}\s+\d{{1,3}}(?:\s?[a-zA-Z](?:\s?\d{{1,3}})?)?(?![\w-])"
)
#: Public service numbers that people write about; they are nobody's.
_PUBLIC = re.compile(r"^(?:080005005|0800147111|0295\d+|09252501\d+)$")


def redact(text: str) -> str:
    """A text in which personal data is replaced by a note of what stood there."""
    plain = text.translate(_DIGITS)
    if len(plain) != len(text):  # pragma: no cover - translation is one to one
        plain = text
    plain = _EMAIL.sub(EMAIL, plain)
    plain = _IDENTITY.sub(IDENTITY_CODE, plain)
    plain = _PHONE.sub(_mask_phone, plain)
    plain = _ADDRESS.sub(ADDRESS, plain)
    if any(mark in plain for mark in (EMAIL, IDENTITY_CODE, PHONE, ADDRESS)):
        return plain
    return text


def _mask_phone(found: "re.Match[str]") -> str:
    digits = re.sub(r"\D", "", found.group())
    return found.group() if _PUBLIC.match(digits) else PHONE
