"""Scripts: their names, their codes in ISO 15924, and the ranges of their letters in Unicode."""

from __future__ import annotations

#: Name, first and last code point.
RANGES = (
    ("Latin", 0x0041, 0x024F),
    ("Greek", 0x0370, 0x03FF),
    ("Cyrillic", 0x0400, 0x052F),
    ("Armenian", 0x0530, 0x058F),
    ("Hebrew", 0x0590, 0x05FF),
    ("Arabic", 0x0600, 0x06FF),
    ("Syriac", 0x0700, 0x074F),
    ("Arabic", 0x0750, 0x077F),
    ("Thaana", 0x0780, 0x07BF),
    ("Devanagari", 0x0900, 0x097F),
    ("Bengali", 0x0980, 0x09FF),
    ("Gurmukhi", 0x0A00, 0x0A7F),
    ("Gujarati", 0x0A80, 0x0AFF),
    ("Odia", 0x0B00, 0x0B7F),
    ("Tamil", 0x0B80, 0x0BFF),
    ("Telugu", 0x0C00, 0x0C7F),
    ("Kannada", 0x0C80, 0x0CFF),
    ("Malayalam", 0x0D00, 0x0D7F),
    ("Sinhala", 0x0D80, 0x0DFF),
    ("Thai", 0x0E00, 0x0E7F),
    ("Lao", 0x0E80, 0x0EFF),
    ("Tibetan", 0x0F00, 0x0FFF),
    ("Burmese", 0x1000, 0x109F),
    ("Georgian", 0x10A0, 0x10FF),
    ("Ethiopic", 0x1200, 0x139F),
    ("Khmer", 0x1780, 0x17FF),
    ("Mongolian", 0x1800, 0x18AF),
    ("Latin", 0x1E00, 0x1EFF),
    ("Tifinagh", 0x2D30, 0x2D7F),
    ("Kana", 0x3040, 0x30FF),
    ("Han", 0x3400, 0x9FFF),
    ("Hangul", 0xAC00, 0xD7AF),
    ("Arabic", 0xFB50, 0xFDFF),
    ("Arabic", 0xFE70, 0xFEFC),
)
NAMES = tuple(dict.fromkeys(name for name, _, _ in RANGES))

#: Codes of ISO 15924, as CLDR has them, that are not the first four letters of the name here.
_CODES = {
    "Armn": "Armenian",
    "Beng": "Bengali",
    "Mymr": "Burmese",
    "Hans": "Han",
    "Hant": "Han",
    "Hani": "Han",
    "Hira": "Kana",
    "Jpan": "Kana",
    "Kore": "Hangul",
    "Laoo": "Lao",
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Grek": "Greek",
    "Gujr": "Gujarati",
    "Guru": "Gurmukhi",
    "Hebr": "Hebrew",
    "Khmr": "Khmer",
    "Knda": "Kannada",
    "Mlym": "Malayalam",
    "Orya": "Odia",
    "Syrc": "Syriac",
    "Taml": "Tamil",
    "Telu": "Telugu",
    "Tfng": "Tifinagh",
    "Tibt": "Tibetan",
}


def script_name(code: str) -> str | None:
    """The name of a script by its code (`Cyrl` is Cyrillic); None for one without a range here."""
    named = {name[:4]: name for name in NAMES}
    return _CODES.get(code) or named.get(code)
