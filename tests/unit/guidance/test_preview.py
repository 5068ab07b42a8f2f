"""The page of all guides: what people see in each language, and what staff have to know."""

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.dialogue.guide_text import guide_text
from assistant.guidance import Guides, Source, Topics
from assistant.guidance.guides import parse_guide
from assistant.guidance.preview import PreviewError, render, write_preview
from assistant.guidance.preview.contacts import load_contacts
from assistant.i18n import translator
from assistant.i18n.bidi import LRI, PDI
from assistant.i18n.catalogs import po_path

TODAY = date(2026, 11, 24)
SOURCES = {
    "kela": Source("kela", "Kela & partners", "https://kela.example/?a=1&b=2", date(2026, 11, 4))
}
CONTENT = {
    "title": "Health care",
    "do": ["Call 112.", "Ask for a nurse (hoitaja)."],
    "where": "At the <health> centre.",
    "know": ["It is free."],
    "simple": "Call.",
    "contacts": ["emergency_112"],
    "related": ["health/dental", "health/eyes", "housing"],
    "sources": ["kela"],
    "status": "dated",
    "checked": date(2026, 11, 14),
    "valid_until": date(2026, 12, 31),
}
DENTAL = {
    "title": "Dentist",
    "do": ["Call the dentist."],
    "where": "",
    "sources": ["kela"],
    "checked": date(2026, 11, 24),
}
TOPICS = Topics(
    {
        "health": "Health",
        "health/dental": "Teeth",
        "health/eyes": "Eyes and glasses",
        "bot_meta": "About me",
        "bot_meta/greeting": "Hello",
    }
)
TRANSLATIONS = {
    "Health care": "الرعاية الصحية",
    "Call 112.": "اتصلوا على 112.",
    "Ask for a nurse (hoitaja).": "اطلبوا ممرضة (hoitaja).",
    "At the <health> centre.": "في المركز.",
    "It is free.": "مجاني.",
    "Call.": "اتصلوا.",
    "Dentist": "",
    "Call the dentist.": "",
    "Sources": "المصادر",
    "Health": "الصحة",
}


def written(code, translations, reviewed="no"):
    entries = "".join(f'msgid "{a}"\nmsgstr "{b}"\n\n' for a, b in translations.items())
    return (
        f"# Reviewed by a native speaker: {reviewed}\n"
        f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n' + entries
    )


def guides(**changes):
    found = {
        "health": parse_guide("health", {**CONTENT, **changes}, SOURCES),
        "health/dental": parse_guide("health/dental", DENTAL, SOURCES),
    }
    return Guides(found, ("broken.yml: lacks title",))


@pytest.fixture
def page(tmp_path):
    """The page of some guides in English and Arabic."""

    def make(found=None, reviewed="no", languages=("en", "ar")):
        path = po_path("ar", tmp_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written("ar", TRANSLATIONS, reviewed), "utf-8")
        translator.cache_clear()
        return render(found or guides(), TOPICS, languages, TODAY, tmp_path)

    yield make
    translator.cache_clear()


class Elements(HTMLParser):
    """Elements with their attributes, and whether all are closed in order."""

    VOID = ("meta", "input", "link", "br")

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.nested = [], [], True
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.nested = self.nested and bool(self.open) and self.open.pop() == tag


def guide_of(text, anchor):
    """The part of the page that is one guide."""
    start = text.index(f'id="{anchor}"')
    return text[start : text.index("</details>", start)]


def test_every_guide_is_there_once_in_every_language(page):
    elements = Elements(page()).elements
    anchors = [found["id"] for tag, found in elements if found.get("class") == "guide"]
    assert anchors == ["en.health", "en.health.dental", "ar.health", "ar.health.dental"]


def test_the_page_is_well_formed_and_no_id_is_there_twice(page):
    elements = Elements(page())
    assert elements.nested and elements.open == []
    ids = [found["id"] for _, found in elements.elements if "id" in found]
    assert len(ids) == len(set(ids))


def test_a_guide_is_shown_as_the_person_sees_it(page):
    text = guide_of(page(), "en.health")
    assert "<ol><li>Call 112.</li>\n<li>Ask for a nurse (hoitaja).</li>" in text
    assert "<strong>Where:</strong> At the &lt;health&gt; centre." in text
    assert "<li>It is free.</li>" in text
    assert "</b> Call.</p>" in text


def test_one_step_has_no_number(page):
    assert "<ol>" not in guide_of(page(), "en.health.dental")


def test_a_language_written_from_right_to_left_says_so_and_isolates_numbers_and_terms(page):
    text = page()
    section = next(found for _, found in Elements(text).elements if found.get("id") == "ar")
    assert (section["lang"], section["dir"]) == ("ar", "rtl")
    assert f"اتصلوا على {LRI}112{PDI}." in text
    assert f"({LRI}hoitaja{PDI})" in text


def test_a_text_without_a_translation_is_english_and_marked(page):
    text = guide_of(page(), "ar.health.dental")
    assert (
        '<span class="foreign" lang="en" dir="ltr">Call the dentist.</span> <span class="mark"'
        in text
    )
    assert "2 of 2 texts in English" in text
    assert "data-missing" in text


def test_a_translated_guide_is_not_marked_as_missing(page):
    text = guide_of(page(), "ar.health")
    assert "data-missing" not in text and "texts in English" not in text


def test_a_source_has_its_address_its_date_and_its_age_in_days(page):
    text = guide_of(page(), "en.health")
    assert 'href="https://kela.example/?a=1&amp;b=2"' in text
    assert "Kela &amp; partners</bdi></a> Checked on Nov 4, 2026 (20 days)" in text


def test_the_age_of_an_old_source_is_counted_in_days_too(page):
    old = {"kela": Source("kela", "Kela", "https://kela.example", date(2024, 11, 24))}
    found = Guides({"health": parse_guide("health", CONTENT, old)})
    assert "(730 days)" in page(found)


def test_the_status_and_the_days_of_a_guide_are_told(page):
    text = guide_of(page(), "en.health")
    assert "dated</b> checked 2026-11-14, 10 days ago" in text
    assert "valid until 2026-12-31" in text


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2026, 1, 1)])
def test_the_page_warns_as_the_assistant_does(page, until):
    found = guides(valid_until=until)
    said = guide_text(found.guides["health"], translator("en"), TODAY).split("\n")
    notices = re.findall(r'<p class="notice">(.*?)</p>', guide_of(page(found), "en.health"))
    assert notices and notices == [line for line in said if "may have changed" in line]


def test_a_related_need_is_a_link_to_its_guide_or_to_that_of_its_topic(page):
    text = guide_of(page(), "en.health")
    assert '<a href="#en.health.dental">Teeth</a>' in text
    assert '<a href="#en.health">Eyes and glasses</a>' in text
    assert "<li>housing</li>" in text


def test_a_contact_is_shown_by_its_name(page):
    contact = load_contacts()["emergency_112"]
    text = guide_of(page(), "en.health")
    assert f'<a href="{contact.url}" rel="noreferrer">{contact.name}</a>' in text
    assert '<bdi class="phone">112</bdi>' in text


def test_a_contact_that_does_not_exist_is_not_passed_over(page):
    assert "unknown contact: nobody" in page(guides(contacts=["nobody"]))


def test_needs_without_a_guide_of_their_own_are_named(page):
    text = page()
    assert "<code>health/eyes</code>" in text
    assert "Eyes and glasses</p>" in text
    assert "greeting" not in text


def test_a_guide_that_could_not_be_read_is_named(page):
    assert "broken.yml: lacks title" in page()


def row_of(text, code):
    start = text.index(f'<a href="#{code}">')
    cells = text[start : text.index("</tr>", start)]
    return [re.sub("<.*?>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", cells)]


def test_the_figures_of_each_language_are_at_the_top(page):
    assert row_of(page(), "en") == ["8 / 8", "2 / 2", "the source"]
    assert row_of(page(), "ar") == ["6 / 8", "1 / 2", "no"]


def test_a_language_that_is_reviewed_names_its_reviewer_and_is_no_draft(page):
    text = page(reviewed="Amal, 2026-11-20")
    assert row_of(text, "ar")[2] == "Amal, 2026-11-20"
    assert "draft:" in page() and "draft:" not in text


def test_the_page_asks_for_nothing_outside(page):
    text = page()
    elements = Elements(text).elements
    assert not any("src" in found or tag in ("link", "img", "iframe") for tag, found in elements)
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp", text)
    policy = next(f["content"] for tag, f in elements if f.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


def test_the_policy_of_the_page_allows_its_own_style_and_script(page):
    text = page()
    policy = next(f["content"] for _, f in Elements(text).elements if f.get("http-equiv"))
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("preview") / "guides.html"
    write_preview(path, ["fa"], TODAY)
    return path.read_text("utf-8")


def test_every_link_inside_the_page_leads_somewhere(whole):
    elements = Elements(whole)
    assert elements.nested
    ids = {found["id"] for _, found in elements.elements if "id" in found}
    inner = {f["href"][1:] for _, f in elements.elements if f.get("href", "").startswith("#")}
    assert inner and inner <= ids


def test_every_isolate_of_the_page_is_closed(whole):
    assert whole.count(LRI) == whole.count(PDI) > 100


def test_a_page_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(PreviewError, match="cannot write"):
        write_preview(tmp_path / "nowhere" / "x.html", ["en"], TODAY)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("text", "faint", "link") for ground in ("ground", "panel")),
        ("note-text", "note"),
    ],
)
def test_text_stands_out_from_its_ground(whole, text, ground):
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", whole))
    dark, light = sorted(
        luminance(c if len(c) == 7 else "#" + "".join(x * 2 for x in c[1:]))
        for c in (colours[text], colours[ground])
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5
