import builtins
import json
import random

import pytest

from assistant.catalogue import ImportFailed
from assistant.catalogue.importers.base import Reading
from assistant.catalogue.model import unpacked

pytest.importorskip("rdflib", reason="the optional extra `cpsv` is not installed")

from assistant.catalogue.importers.cpsv.importer import read
from assistant.catalogue.importers.cpsv.rdf import parsed

# Written by hand after the properties of CPSV-AP 3.2.
PREFIXES = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://data.example.fi/> .
"""
SERVICE = """
ex:s1 a cpsv:PublicService ;
  dct:identifier "s-1" ;
  dct:title "Neuvontapiste"@fi, "Rådgivning"@sv, "Advice for newcomers"@en-GB ;
  dct:description "<p>Apua <b>kaikille</b>.</p>"@fi ;
  dct:language <http://publications.europa.eu/resource/authority/language/FIN>,
    <http://publications.europa.eu/resource/authority/language/SOM> ;
  dcat:keyword "neuvonta"@fi, "advice"@en ;
  dct:spatial <http://uri.suomi.fi/codelist/jhs/kunta_1_20260101/code/853> ;
  adms:status <http://purl.org/adms/status/Completed> ;
  cv:hasCompetentAuthority ex:turku ;
  cv:hasContactPoint [ a schema:ContactPoint ; schema:telephone "+358 2 330 000" ;
    schema:name "Matti Meikäläinen" ;
    schema:email "matti.meikalainen@turku.fi", "neuvonta@turku.fi" ;
    cv:openingHours "ma-pe 9-16"@fi ] ;
  cv:hasChannel [ a cv:Channel ; dct:type <https://example.org/channel-type/e-service> ;
    foaf:page <https://asiointi.turku.fi/> ],
    [ a cv:Channel ; dct:type [ skos:prefLabel "Toimipiste"@fi, "Service counter"@en ] ;
      cv:openingHours "sopimuksen mukaan"@fi ;
      cv:hasAddress [ a locn:Address ; locn:thoroughfare "Koekatu" ; locn:locatorDesignator "3" ;
        locn:postCode "20100" ; locn:postName "Turku" ] ] ;
  cv:hasCost [ cv:hasValue "0"^^xsd:decimal ] ;
  cv:processingTime "P10D"^^xsd:duration ;
  cpsv:hasInput [ dct:title "Passi"@fi ], [ dct:title "Hakemus"@fi ] ;
  cv:hasLegalResource [ dct:title "Hallintolaki"@fi ] ;
  cv:thematicArea <http://uri.suomi.fi/codelist/ptv/ptvserclass2/code/P22.3> .
ex:turku a cv:PublicOrganisation ; skos:prefLabel "Turun kaupunki"@fi, "Åbo stad"@sv ;
  foaf:homepage <https://www.turku.fi> .
"""
SHORT = 'dct:description "d"@fi ; cv:hasCompetentAuthority ex:turku'


def reading_of(tmp_path, text, name="services.ttl", municipality=None):
    path = tmp_path / name
    content = PREFIXES + text if name.endswith(".ttl") else text
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(str(path), municipality)


def one(tmp_path, text, **options):
    reading = reading_of(tmp_path, text, **options)
    assert reading.skipped == []
    return reading.batch.services[0]


def assert_accounted(reading):
    assert reading.read == len(reading.batch.services) + len(reading.skipped)


def test_a_public_service_becomes_a_service(tmp_path):
    found = one(tmp_path, SERVICE)
    assert found.id == "cpsv:service:https://data.example.fi/s1"
    assert found.names == {
        "fi": "Neuvontapiste",
        "sv": "Rådgivning",
        "en": "Advice for newcomers",
    }
    assert found.descriptions == {"fi": "Apua kaikille."}
    assert found.languages == ["fi", "so"]
    assert found.keywords == {"fi": ["neuvonta"], "en": ["advice"]}
    assert found.area.municipalities == ["853"]
    assert found.charge == "free"
    assert sorted(found.requirements["fi"].split("\n")) == ["Hakemus", "Passi"]
    assert "10 päivää" in found.terms["fi"] and "Hallintolaki" in found.terms["fi"]
    assert "10 days" in found.terms["en"]
    assert "training_and_language_courses" in found.topics


def test_channels_have_types_hours_and_addresses(tmp_path):
    reading = reading_of(tmp_path, SERVICE)
    channels = {channel.type: channel for channel in reading.batch.channels}
    assert set(channels) == {"phone", "eservice", "location"}
    assert channels["phone"].hours.known
    assert channels["phone"].phones[0].number == "+358 2 330 000"
    assert channels["eservice"].urls == {"fi": "https://asiointi.turku.fi/"}
    address = channels["location"].addresses[0]
    assert address.street == {"fi": "Koekatu 3"} and address.municipality == "853"
    assert channels["location"].hours.raw_text == {"fi": "sopimuksen mukaan"}
    assert not channels["location"].hours.known
    assert len(reading.batch.connections) == 3


def test_persons_are_dropped_and_offices_kept(tmp_path):
    reading = reading_of(tmp_path, SERVICE)
    phone = next(channel for channel in reading.batch.channels if channel.type == "phone")
    assert phone.emails == ["neuvonta@turku.fi"] and phone.names == {}
    payloads = json.dumps([unpacked(item) for item in reading.batch.payloads.values()])
    assert "atti" not in payloads


def test_the_competent_authority_becomes_the_organisation(tmp_path):
    reading = reading_of(tmp_path, SERVICE)
    organization = reading.batch.organizations[0]
    assert organization.id == reading.batch.services[0].organization_id
    assert organization.names == {"fi": "Turun kaupunki", "sv": "Åbo stad"}


def test_two_imports_of_a_file_give_the_same_records(tmp_path):
    first, second = (reading_of(tmp_path, SERVICE).batch for _ in range(2))
    assert first.services == second.services
    assert first.channels == second.channels and first.connections == second.connections


@pytest.mark.parametrize(
    "form, name", [("xml", "a.rdf"), ("nt", "a.nt"), ("json-ld", "a.jsonld"), ("xml", "a")]
)
def test_every_form_of_rdf_gives_the_same_service(tmp_path, form, name):
    whole = parsed((PREFIXES + SERVICE).encode(), "a.ttl").serialize(format=form)
    assert one(tmp_path, whole, name=name) == one(tmp_path, SERVICE)


def test_a_folder_is_one_graph(tmp_path):
    service, organization = SERVICE.split("ex:turku a cv:")
    (tmp_path / "a.ttl").write_text(PREFIXES + service)
    (tmp_path / "b.ttl").write_text(PREFIXES + "ex:turku a cv:" + organization)
    (tmp_path / "c.ttl").write_text("this is no turtle")
    reading = read(str(tmp_path), None)
    assert reading.batch.organizations[0].names["fi"] == "Turun kaupunki"
    assert [item.record for item in reading.skipped] == ["c.ttl"]
    assert not reading.complete
    assert_accounted(reading)


@pytest.mark.parametrize(
    "text, reason",
    [
        (f"ex:s a cpsv:PublicService ; {SHORT} .", "title"),
        (
            'ex:s a cpsv:PublicService ; dct:title "T" ; cv:hasCompetentAuthority ex:o .',
            "description",
        ),
        (
            'ex:s a cpsv:PublicService ; dct:title "T" ; dct:description "d" .',
            "competent authority",
        ),
        (f'[] a cpsv:PublicService ; dct:title "T" ; {SHORT} .', "neither an identifier"),
        (
            'ex:s a cpsv:PublicService ; dct:title "T" ; adms:status '
            f"<http://purl.org/adms/status/Withdrawn> ; {SHORT} .",
            "not published (status withdrawn)",
        ),
    ],
)
def test_what_lacks_a_mandatory_property_is_skipped_with_the_reason(tmp_path, text, reason):
    reading = reading_of(tmp_path, text)
    assert reason in reading.skipped[0].reason
    assert_accounted(reading)


def test_a_node_without_an_address_is_known_by_its_identifier(tmp_path):
    text = f'[] a cpsv:PublicService ; dct:identifier "x-7" ; dct:title "T"@fi ; {SHORT} .'
    assert one(tmp_path, text).id == "cpsv:service:x-7"


def test_several_titles_odd_languages_and_literals_that_are_no_text_do_no_harm(tmp_path):
    found = one(
        tmp_path,
        'ex:s a cpsv:PublicService ; dct:title "Pitkä nimi"@fi, "Nimi"@fi, 5, "Namn"@sv-FI, '
        f'"Klingon"@x-klingon, ex:n, [] ; cv:hasCost ex:c, "maksuton" ; {SHORT} ; '
        'dct:language "xx yy", 7, [] ; dct:spatial "Åbo"@sv, [] ; cv:hasChannel "soita", 3, [] ; '
        'cv:hasContactPoint [ schema:telephone [], "ei ole" ; cv:openingHours 5 ] ; '
        'cv:processingTime "noin viikko"@fi .',
    )
    assert found.names["sv"] == "Namn" and found.names["fi"] in ("5", "Nimi")
    assert "Pitkä nimi" in found.alt_names["fi"]
    assert found.area.municipalities == ["853"]
    assert found.terms["fi"] == "Käsittelyaika: noin viikko"


def test_lists_of_rdf_are_read_out(tmp_path):
    text = f'ex:s a cpsv:PublicService ; dct:title ( "Nimi"@fi "Namn"@sv ) ; {SHORT} .'
    assert one(tmp_path, text).names == {"fi": "Nimi", "sv": "Namn"}


@pytest.mark.parametrize(
    "spatial, scope, codes",
    [
        ("<http://publications.europa.eu/resource/authority/country/FIN>", "nationwide", []),
        ('[ skos:prefLabel "Helsinki"@fi ]', "limited", ["091"]),
        ("<https://example.org/places/Esbo>", "limited", ["049"]),
        ("<http://publications.europa.eu/resource/authority/country/ITA>", "limited", []),
        ("<https://example.org/comuni/022205>", "limited", []),
    ],
)
def test_areas_are_municipalities_of_finland_or_the_whole_country(tmp_path, spatial, scope, codes):
    text = f'ex:s a cpsv:PublicService ; dct:title "T" ; dct:spatial {spatial} ; {SHORT} .'
    area = one(tmp_path, text).area
    assert (area.scope, area.municipalities) == (scope, codes)


def test_a_service_without_an_area_belongs_to_the_town_that_offers_it(tmp_path):
    text = f'ex:s a cpsv:PublicService ; dct:title "T" ; {SHORT} .'
    text += 'ex:turku skos:prefLabel "City of Turku"@en .'
    assert one(tmp_path, text).area.municipalities == ["853"]


@pytest.mark.parametrize(
    "cost, charge, info",
    [
        ('[ cv:hasValue 35.5 ; cv:currency "EUR" ]', "charged", {"fi": "35.5 EUR"}),
        ('[ cv:hasValue "0" ; dct:description "Alle 18 v."@fi ]', "free", {"fi": "Alle 18 v."}),
        ('[ dct:description "Maksuton"@fi ]', "free", {"fi": "Maksuton"}),
        ("[ cv:hasValue [] ]", "unknown", {}),
    ],
)
def test_costs_become_a_charge(tmp_path, cost, charge, info):
    text = f'ex:s a cpsv:PublicService ; dct:title "T"@fi ; cv:hasCost {cost} ; {SHORT} .'
    found = one(tmp_path, text)
    assert (found.charge, found.charge_info) == (charge, info)


# What could harm ----------------------------------------------------------------------------

XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="http://a.example/">'
    "<dct:title>&x;</dct:title></rdf:Description></rdf:RDF>"
)


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_document_type_is_refused(tmp_path, document_type, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{document_type}{XML}'
    with pytest.raises(ImportFailed, match="document type"):
        reading_of(tmp_path, text.encode(encoding), name="a.rdf")


@pytest.mark.parametrize(
    "value",
    [
        {"@context": "http://127.0.0.1:9/c.jsonld", "@id": "x"},
        {"@context": [{"a": "http://a.example/"}, "file:///etc/passwd"], "@id": "x"},
        {"@context": {"@import": "http://127.0.0.1:9/c"}, "@id": "x"},
        {"@context": {"a": {"@id": "http://a.example/", "@context": "c.jsonld"}}, "@id": "x"},
        {"@graph": [{"b": [{"@context": "http://127.0.0.1:9/c", "@id": "x"}]}]},
    ],
)
def test_json_ld_with_a_context_elsewhere_is_refused(tmp_path, value):
    with pytest.raises(ImportFailed, match="is not fetched"):
        reading_of(tmp_path, json.dumps(value), name="a.jsonld")


def test_nothing_is_asked_of_the_network(tmp_path, monkeypatch):
    import socket

    def refuse(*arguments, **options):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for form, name in (("xml", "a.rdf"), ("json-ld", "a.jsonld"), ("turtle", "a.ttl")):
        whole = parsed((PREFIXES + SERVICE).encode(), "a.ttl").serialize(format=form)
        (tmp_path / name).write_text(whole)
        assert read(str(tmp_path / name), None).batch.services


def test_json_that_is_nested_too_deep_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="nested too deep"):
        reading_of(tmp_path, "[" * 100_000 + "]" * 100_000, name="a.jsonld")


def test_turtle_that_is_nested_too_deep_is_refused(tmp_path):
    with pytest.raises(ImportFailed):
        reading_of(tmp_path, "ex:a ex:b " + "[ ex:b " * 20_000 + "1" + " ]" * 20_000 + " .")


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("assistant.catalogue.importers.cpsv.rdf.MAX_BYTES", 10)
    with pytest.raises(ImportFailed, match="larger than 10 bytes"):
        parsed(b"x" * 11, "a.ttl")


@pytest.mark.parametrize(
    "content, name",
    [(b"", "a.ttl"), (b"\x89PNG....", "a.rdf"), (b"<html><p>", "a.rdf"), (b"{", "a.jsonld")],
)
def test_what_is_no_rdf_is_refused_with_the_name_of_the_file(tmp_path, content, name):
    with pytest.raises(ImportFailed, match=name):
        reading_of(tmp_path, content, name=name) if name != "a.ttl" else parsed(content, name)


def test_rdf_without_public_services_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="no public services"):
        reading_of(tmp_path, "ex:a ex:b ex:c .")


def test_without_rdflib_the_message_names_the_extra(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **options):
        if name.split(".")[0] == "rdflib":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportFailed, match=r"optional extra `cpsv`"):
        reading_of(tmp_path, SERVICE)


def test_a_broken_line_of_n_triples_loses_only_itself():
    data = parsed((PREFIXES + SERVICE).encode(), "a.ttl").serialize(format="nt")
    reading = Reading()
    graph = parsed((data + "\n<http://a> broken\n").encode(), "a.nt", reading)
    assert len(reading.skipped) == 1 and not reading.complete
    assert len(graph) == len([line for line in data.splitlines() if line.strip()])


def test_random_damage_never_crashes_and_every_service_is_accounted_for(tmp_path):
    lines = parsed((PREFIXES + SERVICE).encode(), "a.ttl").serialize(format="nt").splitlines()
    source = random.Random(4)
    junk = ('"x"', '""', '"5"^^<http://www.w3.org/2001/XMLSchema#date>', "_:z", '"\\u0000"@fi',
            "<http://a b>", "<>", "3", '"' + "9" * 500 + '"', "<file:///etc/passwd>")  # fmt: skip
    for _ in range(150):
        damaged = []
        for line in lines:
            if source.random() < 0.25 and line.strip():
                subject, predicate, _ = line.split(" ", 2)
                line = f"{subject} {predicate} {source.choice(junk)} ."
            if source.random() > 0.05:
                damaged.append(line)
        try:
            reading = reading_of(tmp_path, "\n".join(damaged), name="a.nt")
        except ImportFailed:
            continue
        assert_accounted(reading)
