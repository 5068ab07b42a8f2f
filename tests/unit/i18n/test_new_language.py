"""A language is added by data alone, in a temporary copy of the project."""

from __future__ import annotations

import pytest
from babel.messages.pofile import read_po

from assistant.i18n.catalogs import po_path
from assistant.i18n.languages import LanguagesError, read_languages
from assistant.i18n.new_language import add_language, described, entry
from assistant.i18n.update import FOLDERS


@pytest.fixture
def project(tmp_path):
    """A small project with two languages; adds others to it."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "babel.cfg").write_text(
        "[extractors]\ntexts = assistant.i18n.extraction:extract_yaml\n"
        "[texts: domain.yml]\nkeys = text\n"
    )
    (tmp_path / "domain.yml").write_text("responses:\n  utter_hi:\n  - text: Hello\n  - text: Bye")
    (tmp_path / "languages.yml").write_text(
        "# The order counts.\n- {code: fi, own_name: suomi}\n- {code: en, own_name: English}\n"
    )

    def add(code, *described_as, **options):
        return add_language(
            code,
            *described_as,
            root=tmp_path,
            languages=tmp_path / "languages.yml",
            locales=tmp_path / "locales",
            **options,
        )

    add.folder = tmp_path
    add.list = tmp_path / "languages.yml"
    add.locales = tmp_path / "locales"
    return add


@pytest.mark.parametrize(
    ("code", "own_name", "direction", "script"),
    [
        ("sq", "shqip", "ltr", "Latin"),
        ("ps", "پښتو", "rtl", "Arabic"),
        ("ckb", "کوردیی ناوەندی", "rtl", "Arabic"),
        ("th", "ไทย", "ltr", "Thai"),
        ("ti", "ትግርኛ", "ltr", "Ethiopic"),
        ("ne", "नेपाली", "ltr", "Devanagari"),
        ("te", "తెలుగు", "ltr", "Telugu"),
        ("no", "norsk", "ltr", "Latin"),
    ],
)
def test_name_direction_and_script_come_from_cldr(project, code, own_name, direction, script):
    project(code)
    language = read_languages(project.list)[code]
    assert (language.own_name, language.direction, language.script) == (
        own_name,
        direction,
        script,
    )


def test_a_new_language_is_a_draft_after_all_others(project):
    before = project.list.read_text(encoding="utf-8")
    project("sq")
    after = read_languages(project.list)
    assert list(after)[-1] == "sq"
    assert after["sq"].draft
    assert project.list.read_text(encoding="utf-8").startswith(before)


def test_what_a_person_knows_better_is_taken(project):
    project("ku", "Kurmancî", "rtl", "Arabic")
    language = read_languages(project.list)["ku"]
    assert (language.own_name, language.direction, language.script) == ("Kurmancî", "rtl", "Arabic")


def test_a_name_with_quotes_is_kept(project):
    project("sq", 'a "b" \\ c')
    assert read_languages(project.list)["sq"].own_name == 'a "b" \\ c'


def test_the_message_catalogue_waits_for_translations_and_says_that_nobody_reviewed_it(project):
    added = project("sq")
    text = po_path("sq", project.locales).read_text(encoding="utf-8")
    assert "Reviewed by a native speaker: no" in text
    assert "draft" in text
    assert added.missing == 2
    with po_path("sq", project.locales).open("rb") as file:
        assert {message.id for message in read_po(file) if message.id} == {"Hello", "Bye"}


def test_translations_that_are_there_already_are_kept(project):
    path = po_path("sq", project.locales)
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "Hello"\nmsgstr "Tungjatjeta"\n', "utf-8")
    assert project("sq").missing == 1
    assert "Tungjatjeta" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "tokenizer"), [("sq", "sq"), ("vi", None), ("ckb", None)])
def test_words_are_split_by_rules_of_spacy_where_it_has_some(code, tokenizer):
    from assistant.i18n.new_language import tokenizer_of

    assert tokenizer_of(code) == tokenizer


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("xx", "does not know the language 'xx'"),
        ("pt-br", "give two or three letters"),
        ("q", "give two or three letters"),
        ("", "give two or three letters"),
        ("../x", "give two or three letters"),
        ("iw", "CLDR calls this language 'he'"),
        ("chr", "the script of chr is not known"),
        ("fi", "fi is served already"),
    ],
)
def test_a_code_that_cannot_be_used_is_refused_in_one_line_and_nothing_is_written(
    project, code, told
):
    before = project.list.read_bytes()
    with pytest.raises(LanguagesError) as error:
        project(code)
    assert told in str(error.value) and "\n" not in str(error.value)
    assert project.list.read_bytes() == before
    assert not project.locales.exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [(("shqip", "up"), "ltr or rtl"), (("shqip", "ltr", "Runic"), "'Runic' is no script")],
)
def test_a_wrong_direction_or_script_is_refused(project, values, told):
    with pytest.raises(LanguagesError, match=told):
        project("sq", *values)


def test_a_language_without_an_own_name_in_cldr_needs_one():
    with pytest.raises(LanguagesError, match="--name"):
        described("tyv")
    assert described("tyv", "тыва дыл").script == "Cyrillic"


def test_a_second_time_it_is_served_already(project):
    project("sq")
    with pytest.raises(LanguagesError, match="served already"):
        project("sq")


def test_the_list_is_written_last_so_that_nothing_half_done_is_served(project):
    (project.folder / "babel.cfg").write_text("[extractors]\n[no-such-method: domain.yml]\n")
    before = project.list.read_bytes()
    with pytest.raises(Exception, match="no-such-method"):
        project("sq")
    assert project.list.read_bytes() == before


def test_a_list_without_a_last_line_break_is_continued_on_a_new_line(project):
    project.list.write_text("- {code: en, own_name: English}", encoding="utf-8")
    project("sq")
    assert list(read_languages(project.list)) == ["en", "sq"]


def test_an_entry_says_only_what_is_not_usual():
    assert entry(described("sq")) == '- {code: "sq", own_name: "shqip", draft: true}\n'
