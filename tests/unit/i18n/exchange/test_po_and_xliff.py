"""`.po` and XLIFF files as editors of translators write and read them."""

import io
from xml.etree import ElementTree

import polib
import pytest
from babel.messages.pofile import read_po

from assistant.i18n.exchange import ExchangeError
from assistant.i18n.exchange.safe_xml import parse_xml
from tests.unit.i18n.exchange.conftest import reasons

NS = "{urn:oasis:names:tc:xliff:document:1.2}"


def test_an_exported_po_file_is_read_by_babel_and_by_others(exchange):
    path = exchange.export("t.po")
    catalog = read_po(io.BytesIO(path.read_bytes()), locale="ru", abort_invalid=True)
    assert catalog["Dentist"].string == "Стоматолог"
    assert "python-brace-format" in catalog["You live in {municipality}."].flags
    assert len(polib.pofile(str(path))) == 4


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: text.replace("\n", "\r\n").encode("utf-8"),
        lambda text: b"\xef\xbb\xbf" + text.encode("utf-8"),
        lambda text: text.replace("charset=utf-8", "charset=windows-1251").encode("windows-1251"),
        lambda text: (text + '\n#~ msgid "Gone"\n#~ msgstr "Нет"\n').encode("utf-8"),
    ],
)
def test_a_po_file_is_read_however_an_editor_saved_it(exchange, rewrite):
    path = exchange.export("t.po")
    path.write_bytes(rewrite(path.read_text("utf-8").replace("Стоматолог", "Зубной врач")))
    outcome = exchange.take(path)
    assert (outcome.taken, outcome.unchanged, outcome.refused) == (1, 3, [])


def test_the_message_catalogue_itself_can_be_imported(exchange, locales):
    outcome = exchange.take(locales / "ru" / "LC_MESSAGES" / "kuntaopas.po")
    assert outcome.unchanged == 4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'msgid "Dentist"\nnonsense\n', "line 2"),
        (b'msgid "a"\nmsgstr "\xff\xff"\n', "utf-8"),
        (b'"Content-Type: text/plain; charset=klingon\\n"', "klingon"),
    ],
)
def test_a_broken_po_file_says_where(exchange, data, message):
    path = exchange.folder / "broken.po"
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match=message):
        exchange.take(path, language="ru")


def test_the_name_of_a_file_as_content_reads_no_other_file(exchange, locales):
    path = exchange.folder / "path.po"
    path.write_text(str(locales / "ru" / "LC_MESSAGES" / "kuntaopas.po"))
    with pytest.raises(ExchangeError):
        exchange.take(path, language="ru")


def units(path):
    return ElementTree.parse(path).getroot().iter(f"{NS}trans-unit")


def test_an_exported_xliff_file_has_the_shape_of_the_standard(exchange):
    path = exchange.export("t.xlf")
    root = ElementTree.parse(path).getroot()
    assert (root.tag, root.get("version")) == (f"{NS}xliff", "1.2")
    (file,) = root
    assert [child.tag for child in file] == [f"{NS}header", f"{NS}body"]
    assert {"original", "source-language", "target-language", "datatype"} <= set(file.attrib)
    identifiers = [unit.get("id") for unit in units(path)]
    assert len(set(identifiers)) == 4
    for unit in units(path):
        names = [child.tag.removeprefix(NS) for child in unit]
        assert names[:2] == ["source", "target"]
        assert set(names[2:]) == {"note"}


def test_the_target_has_a_state_and_the_note_says_where_the_text_is(exchange):
    found = {unit.findtext(f"{NS}source"): unit for unit in units(exchange.export("t.xlf"))}
    assert found["Dentist"].find(f"{NS}target").get("state") == "translated"
    assert found["Ask for it (alkukartoitus)."].find(f"{NS}target").get("state") == "new"
    assert "guide health/dental" in found["Dentist"].findtext(f"{NS}note")


XLIFF = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="x" source-language="en" target-language="ru-RU" datatype="plaintext"><body>
{units}
</body></file></xliff>"""


def take_units(exchange, *written, **options):
    path = exchange.folder / "own.xlf"
    path.write_text(XLIFF.format(units="".join(written)), "utf-8")
    return exchange.take(path, **options)


def unit(target, source="Dentist", attributes=""):
    return f'<trans-unit id="1" {attributes}><source>{source}</source>{target}</trans-unit>'


def test_units_of_another_tool_are_matched_by_their_source(exchange):
    outcome = take_units(exchange, unit("<target>Зубной врач</target>"))
    assert outcome.taken == 1


def test_marks_inside_a_target_are_read_as_text(exchange):
    outcome = take_units(
        exchange,
        unit(
            '<target>Вы живёте в городе <ph id="1">{municipality}</ph>.</target>'
            "<alt-trans><target>Прежний перевод</target></alt-trans>",
            'You live in <ph id="1">{municipality}</ph>.',
        ),
    )
    assert outcome.taken == 1
    assert exchange.translation("You live in {municipality}.") == (
        "Вы живёте в городе {municipality}."
    )


def test_units_in_groups_are_found(exchange):
    assert take_units(exchange, f"<group>{unit('<target>Зубной врач</target>')}</group>").taken == 1


@pytest.mark.parametrize("state", ["needs-translation", "needs-adaptation", "needs-review-l10n"])
def test_a_target_that_needs_work_is_not_taken(exchange, state):
    outcome = take_units(exchange, unit(f'<target state="{state}">Зубной врач</target>'))
    assert state in reasons(outcome)[0]


def test_a_unit_is_named_by_its_line(exchange):
    outcome = take_units(exchange, "\n\n", unit("<target>Нет</target>", "Unknown"))
    assert outcome.refused[0].place == "line 6"


def test_xliff_2_is_refused_with_advice(exchange):
    path = exchange.folder / "two.xlf"
    path.write_text('<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>')
    with pytest.raises(ExchangeError, match="save it as XLIFF 1.2"):
        exchange.take(path)


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xliff version="1.2"><file target-language="ru">&b;</file></xliff>"""
FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<xliff version="1.2"><file target-language="ru">&secret;</file></xliff>"""
OUTSIDE = '<!DOCTYPE xliff SYSTEM "https://example.org/xliff.dtd"><xliff version="1.2"/>'


@pytest.mark.parametrize("text", [LAUGHS, FOREIGN, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_document_types_are_refused(text, encoding):
    data = text.replace('"1.0"?', f'"1.0" encoding="{encoding}"?').encode(encoding)
    with pytest.raises(ExchangeError, match="DOCTYPE"):
        parse_xml(data, "bad.xlf")


def test_an_endless_nesting_is_refused():
    with pytest.raises(ExchangeError, match="nested"):
        parse_xml(b"<a>" * 1000, "deep.xlf")


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"not xml", b'<?xml version="1.0" encoding="x"?><a/>']
)
def test_xml_that_is_broken_is_named(data):
    with pytest.raises(ExchangeError, match=r"^bad\.xlf: is not well-formed"):
        parse_xml(data, "bad.xlf")
