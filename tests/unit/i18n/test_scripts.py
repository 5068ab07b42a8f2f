"""Scripts by the codes that CLDR uses."""

import pytest

from assistant.i18n.scripts import NAMES, RANGES, script_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("Latn", "Latin"),
        ("Cyrl", "Cyrillic"),
        ("Arab", "Arabic"),
        ("Hans", "Han"),
        ("Hant", "Han"),
        ("Deva", "Devanagari"),
        ("Ethi", "Ethiopic"),
        ("Mymr", "Burmese"),
        ("Thai", "Thai"),
        ("Kore", "Hangul"),
        ("Cher", None),
        ("", None),
    ],
)
def test_a_script_is_known_by_its_code(code, name):
    assert script_name(code) == name


def test_ranges_do_not_overlap():
    bounds = sorted((first, last) for _, first, last in RANGES)
    assert all(last < first for (_, last), (first, _) in zip(bounds, bounds[1:]))
    assert set(NAMES) == {name for name, _, _ in RANGES}
