"""The demonstration page before, or without, its script; the configurator."""

import re

import pytest

from assistant.catalogue import ensure_own_catalogue


@pytest.fixture
def catalogue(app):
    ensure_own_catalogue(app.state.parts.catalogue.store())


def inside(page):
    """What the page shows within the chat's element."""
    return re.search(r"<kuntaopas-chat[^>]*>(.*)</kuntaopas-chat>", page, re.S)[1]


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_without_javascript_the_page_shows_whom_to_call(client, language):
    page = client.get("/", params={"language": language}).text
    shown = inside(page)
    assert 'href="tel:112"' in shown and 'href="tel:116117"' in shown
    assert f'<html lang="{language}"' in page
    assert f'<bdi lang="{language}">' in shown


def test_the_page_speaks_the_language_of_the_browser(client):
    page = client.get("/", headers={"Accept-Language": "de, so;q=0.8"})
    assert '<html lang="so" dir="ltr">' in page.text
    assert 'language="so"' in page.text
    assert "Accept-Language" in page.headers["vary"]


def test_the_municipality_s_own_advice_is_shown_with_its_phone(client, catalogue):
    shown = inside(client.get("/", params={"municipality": "999"}).text)
    assert re.search(r'href="tel:\+358900\d+"', shown)
    assert "https://www.esimerkkila.example" in shown


def test_a_municipality_without_known_contacts_is_named_and_nothing_is_invented(client, catalogue):
    shown = inside(client.get("/", params={"municipality": "091", "language": "fi"}).text)
    assert "Helsinki" in shown
    assert re.findall(r'href="tel:([^"]*)"', shown) == ["112", "116117"]


def test_the_page_comes_even_when_the_catalogue_cannot_be_opened(client, settings):
    (settings.home / "catalogue.db").mkdir()
    page = client.get("/", params={"municipality": "091"})
    assert page.status_code == 200
    assert 'href="tel:112"' in page.text


def test_an_unknown_municipality_or_language_is_left_out(client):
    page = client.get("/", params={"municipality": "990", "language": "xx"}).text
    assert "municipality=" not in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "091' onload='x", "x" * 500])
def test_nothing_of_the_address_gets_into_the_page(client, value):
    for path in ("/", "/embed", "/embed/preview"):
        text = client.get(path, params={"municipality": value, "language": value[:30]}).text
        assert "alert(1)" not in text and "onload" not in text


@pytest.mark.parametrize("path", ["/", "/embed", "/embed/preview"])
def test_pages_have_no_script_or_style_that_the_policy_forbids(client, path):
    text = client.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "<style" not in text and " style=" not in text
    assert not re.search(r"\son\w+=", text)


def test_the_configurator_offers_every_municipality_and_language(client):
    text = client.get("/embed").text
    assert '<option value="091">Helsinki – Helsingfors</option>' in text
    assert text.count('<option value="') > 300
    assert '<option value="fa" lang="fa" dir="rtl">فارسی</option>' in text
