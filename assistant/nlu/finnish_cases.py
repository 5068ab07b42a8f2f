"""Case forms of Finnish place names, folded (without diacritics), generously.

The rules make more forms than a name has ("Turkun" beside "Turun"): nobody is hurt by a form that
nobody writes, and a missing one costs the person a question.
"""

from __future__ import annotations

_GRADATION = (
    ("nk", "ng"),
    ("nt", "nn"),
    ("mp", "mm"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("ht", "hd"),
    ("rk", "r"),
    ("k", ""),
    ("t", "d"),
    ("p", "v"),
)
#: Last parts of names whose stem cannot be told from their letters: ending -> (strong, weak) stem.
_LAST_PARTS = {
    "jarvi": ("jarve", "jarve"),
    "joki": ("joke", "joe"),
    "lahti": ("lahte", "lahde"),
    "koski": ("koske", "koske"),
    "niemi": ("nieme", "nieme"),
    "salmi": ("salme", "salme"),
    "vesi": ("vete", "vede"),
    "maki": ("make", "mae"),
    "nummi": ("numme", "numme"),
    "saari": ("saare", "saare"),
    "suu": ("suu", "suu"),
    "kangas": ("kankaa", "kankaa"),
    "lampi": ("lampe", "lamme"),
    "korpi": ("korpe", "korve"),
    "kivi": ("kive", "kive"),
}
_VOWELS = "aeiouy"
_WEAK_CASES = ("n", "ssa", "sta", "lla", "lta", "lle", "ksi", "t")
#: Estonian cases, and the clipped ones of spoken Finnish, on the same stem.
_NEIGHBOUR_CASES = ("s", "st", "sse", "l", "lt", "ga")


def _graded(stem: str) -> str:
    """The weak grade of a stem that ends in one vowel or two."""
    body = stem.rstrip(_VOWELS)
    ending = stem[len(body) :]
    for strong, weak in _GRADATION:
        if body.endswith(strong):
            return body[: len(body) - len(strong)] + weak + ending
    return stem


def stems(name: str) -> set[tuple[str, str]]:
    """Pairs of a strong and a weak stem that a folded name may have."""
    for ending, (strong, weak) in _LAST_PARTS.items():
        if name.endswith(ending):
            body = name[: -len(ending)]
            return {(body + strong, body + weak)}
    if name.endswith("nen"):
        return {(name[:-3] + "se", name[:-3] + "se"), (name[:-3] + "si", name[:-3] + "si")}
    if name[-1] == "s":
        vowel = name[-2] if name[-2] in _VOWELS else "a"
        return {
            (name[:-1] + "kse", name[:-1] + "kse"),
            (name[:-1] + "te", name[:-1] + "de"),
            (name[:-1] + vowel, name[:-1] + vowel),
        }
    if name[-1] not in _VOWELS:
        return {(name + "i", name + "i")}
    pairs = {(name, name), (name, _graded(name))}
    if name[-1] == "e":
        pairs.add((name + "e", name + "e"))
    return pairs


def _inflect(strong: str, weak: str) -> set[str]:
    forms = {weak + case for case in _WEAK_CASES}
    forms |= {strong + "a", strong + "ta", strong + "na", strong + strong[-1] + "n"}
    forms |= {strong + "hun", strong + "seen", strong + "h" + strong[-1] + "n"}
    if strong.endswith("te"):
        forms.add(strong[:-2] + "tta")
    if strong.endswith("se"):
        body = strong[:-2]
        forms |= {body + "sten", body + "sta", body + "sia", body + "siin", body + "sien"}
    if strong.endswith("si"):
        forms.add(strong + "in")
    return forms


def finnish_forms(name: str, extra: frozenset[tuple[str, str]] = frozenset()) -> set[str]:
    """Case forms of a folded name of one word, without its nominative."""
    forms: set[str] = set()
    for strong, weak in extra or stems(name):
        forms |= _inflect(strong, weak)
    forms.discard(name)
    return forms


def neighbour_forms(name: str, extra: frozenset[tuple[str, str]] = frozenset()) -> set[str]:
    """Estonian and spoken Finnish case forms."""
    bases = {name} | {weak for _, weak in extra or stems(name)}
    return {base + case for base in bases for case in _NEIGHBOUR_CASES}


_TURKISH = (
    "da de ta te dan den tan ten ya ye yi yu nin nun ya a e i in un li lu deki daki teki taki la le"
)


def turkish_forms(name: str) -> set[str]:
    """A folded name with the Turkish endings written to it."""
    return {name + ending for ending in _TURKISH.split()}
