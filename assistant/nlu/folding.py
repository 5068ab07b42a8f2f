"""The plain form in which texts and gazetteer phrases are compared."""

from __future__ import annotations

import re
import unicodedata

#: Letters that decomposition would leave alone or turn into another letter.
_LETTERS = {
    "й": "й",
    "ї": "ї",
    "ё": "е",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "ؤ": "و",
    "ئ": "ي",
    "ـ": "",
    "'": "",
    "’": "",
    "ʼ": "",
}


class _Folding(dict[int, str]):
    """A table for `str.translate` that works out each character once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = _LETTERS.get(character)
        if plain is None:
            digit = unicodedata.decimal(character, None)
            if digit is not None:
                plain = str(digit)
            else:
                parts = unicodedata.normalize("NFKD", character)
                plain = "".join(
                    _LETTERS.get(part, part) for part in parts if not unicodedata.combining(part)
                )
                plain = re.sub(r"[\W_]+", " ", plain)
        self[code] = plain
        return plain


_FOLDING = _Folding()


def fold(text: str) -> str:
    """A text without case, diacritics, punctuation and letter variants; one space between words."""
    return " ".join(unicodedata.normalize("NFC", text.lower()).translate(_FOLDING).split())


def without_marks(text: str) -> str:
    """A Latin text as people type it on a keyboard that has no marks: "đường" is "duong"."""
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D"))
    return "".join(_LETTERS.get(part, part) for part in parts if not unicodedata.combining(part))
