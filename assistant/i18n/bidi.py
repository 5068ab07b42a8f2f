"""Left-to-right pieces inside right-to-left text: phone numbers, dates, Finnish terms.

Unicode isolates (U+2066 to U+2069) keep them in order in plain text, where `<bdi>` is not to be
had (Unicode Standard Annex 9).
"""

import re

from assistant.i18n.languages import direction

LRI, PDI = "\u2066", "\u2069"
_LETTER = r"[0-9A-Za-z\u00c0-\u024f]"
_WORD = rf"\+?{_LETTER}+(?:[.,:/@&%+’'–-]{_LETTER}+)*%?"
# Latin words and numbers that stand side by side: a name, a phone number, two Finnish terms.
_LTR_RUN = re.compile(rf"{_WORD}(?:,? {_WORD})*")


def isolate(text: str, language: str) -> str:
    """A text with its left-to-right runs isolated, if its language is written right to left."""
    if direction(language) != "rtl" or LRI in text:
        return text
    return _LTR_RUN.sub(lambda run: f"{LRI}{run.group()}{PDI}", text)
