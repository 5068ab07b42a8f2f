"""Catalogues are brought up to date without losing translations."""

import pytest
from babel.messages.pofile import read_po

from assistant.i18n.catalogs import po_path
from assistant.i18n.languages import SERVED
from assistant.i18n.update import FOLDERS, template, update_locales

CONFIG = """\
[extractors]
texts = assistant.i18n.extraction:extract_yaml
[python: **.py]
[texts: domain.yml]
keys = text title
"""


@pytest.fixture
def root(tmp_path):
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "babel.cfg").write_text(CONFIG)
    (tmp_path / "domain.yml").write_text("responses:\n  utter_hi:\n  - text: Hello\n")
    (tmp_path / "actions" / "a.py").write_text("_('Thank you')\nmarked('Later')\nother('No')\n")
    return tmp_path


def ids(catalog):
    return {message.id for message in catalog if message.id}


def catalogue(root, code):
    with po_path(code, root / "locales").open("rb") as file:
        return read_po(file, locale=code)


def updated(root):
    return update_locales(root, root / "locales")


def test_texts_of_the_domain_and_of_code_are_found(root):
    assert ids(template(root)) == {"Hello", "Thank you", "Later"}


def test_every_language_but_the_source_gets_a_file(root):
    assert updated(root) == {code: 3 for code in SERVED if code != "en"}
    assert not po_path("en", root / "locales").exists()


def test_a_new_file_says_that_nobody_has_reviewed_it(root):
    updated(root)
    text = po_path("so", root / "locales").read_text(encoding="utf-8")
    assert "Reviewed by a native speaker: no" in text


def translate(root, code, message, translation):
    catalog = catalogue(root, code)
    catalog.get(message).string = translation
    from assistant.i18n.update import write_catalog

    write_catalog(catalog, po_path(code, root / "locales"))


def test_a_translation_stays(root):
    updated(root)
    translate(root, "fi", "Hello", "Hei")
    assert updated(root)["fi"] == 2
    assert catalogue(root, "fi").get("Hello").string == "Hei"


def test_a_text_that_is_gone_is_removed(root):
    updated(root)
    (root / "actions" / "a.py").write_text("")
    updated(root)
    assert ids(catalogue(root, "fi")) == {"Hello"}


def test_a_changed_text_gets_no_guessed_translation(root):
    updated(root)
    translate(root, "fi", "Thank you", "Kiitos")
    (root / "actions" / "a.py").write_text("_('Thank you!')")
    updated(root)
    assert catalogue(root, "fi").get("Thank you!").string == ""


def test_a_second_update_changes_no_byte(root):
    updated(root)
    first = po_path("ar", root / "locales").read_bytes()
    updated(root)
    assert po_path("ar", root / "locales").read_bytes() == first
