"""The languages Kuntaopas serves: the one list that every other module reads."""

from dataclasses import dataclass

SOURCE_LANGUAGE = "en"


@dataclass(frozen=True)
class Language:
    """A served language."""

    code: str
    own_name: str
    direction: str = "ltr"
    script: str = "Latin"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("fi", "suomi"),
        Language("sv", "svenska"),
        Language("en", "English"),
        Language("ru", "Русский", script="Cyrillic"),
        Language("uk", "Українська", script="Cyrillic"),
        Language("et", "eesti"),
        Language("ar", "العربية", direction="rtl", script="Arabic"),
        Language("so", "Soomaali"),
        Language("fa", "فارسی", direction="rtl", script="Arabic"),
        Language("tr", "Türkçe"),
        Language("zh", "中文", script="Han"),
        Language("es", "español"),
        Language("fr", "français"),
    )
}
SERVED = tuple(LANGUAGES)


def direction(code: str) -> str:
    """`rtl` or `ltr`; an unknown language is shown left to right."""
    language = LANGUAGES.get(code)
    return language.direction if language else "ltr"


def served(code: object) -> str:
    """The served language of a code (`en-GB` is `en`); the source language if it is not served."""
    base = str(code or "").replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else SOURCE_LANGUAGE
