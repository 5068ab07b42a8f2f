import pytest

from assistant.catalogue.importers.ptv.areas import areas_of, expand

from .ptv_records import read_records, v11_organization, v11_service, v12_service


@pytest.mark.parametrize(
    "kind, code, inside, outside",
    [
        ("Municipality", "853", "853", "091"),
        ("Municipality", "91", "091", "853"),
        ("Region", "02", "853", "091"),
        ("Province", "2", "853", "091"),
        ("Province", "Varsinais-Suomi", "853", "091"),
        ("BusinessSubRegion", "89008", "853", "091"),
        ("BusinessRegions", "89035", "091", "853"),
        ("HospitalDistrict", "03", "853", "091"),
        ("HospitalRegions", "25", "091", "853"),
        ("WellbeingServiceCounties", "05", "853", "091"),
        ("wellbeingServicesCounties", "16", "743", "091"),
        ("WellbeingServiceCounties", "90", "091", "049"),
        ("regions", "20", "478", "853"),
        ("regions", "21", "478", "853"),
    ],
)
def test_an_area_of_every_type_is_expanded_to_its_municipalities(kind, code, inside, outside):
    found = expand(kind, code)
    assert inside in found and outside not in found


@pytest.mark.parametrize(
    "kind, code",
    [("Region", "99"), ("Planet", "1"), (None, None), ("Region", {}), ("Region", True)],
)
def test_an_area_that_is_not_known_has_no_municipalities(kind, code):
    assert expand(kind, code) == ()


def test_every_municipality_is_in_one_wellbeing_services_county():
    from assistant.catalogue.municipalities import municipalities

    counties = [
        areas_of(entry.code, "wellbeing_services_counties")
        for entry in municipalities()
        if not entry.fictional
    ]
    assert len(counties) == 311 and all(len(found) == 1 for found in counties)


@pytest.mark.parametrize(
    "area_type, scope",
    [("Nationwide", "nationwide"), ("NationwideExceptAlandIslands", "nationwide_ex_aland")],
)
def test_national_services_keep_their_scope(area_type, scope, tmp_path):
    record = v11_service(areaType=area_type, areas=None)
    service = read_records(tmp_path, record, municipality="853").batch.services[0]
    assert (service.area.scope, service.area.municipalities) == (scope, [])


def test_several_areas_are_joined(tmp_path):
    areas = [
        {"type": "WellbeingServiceCounties", "code": "90", "name": [], "municipalities": None},
        {"type": "Municipality", "code": "853", "municipalities": []},
    ]
    service = read_records(tmp_path, v11_service(areas=areas)).batch.services[0]
    assert service.area.municipalities == ["091", "853"]


def test_the_written_shape_of_areas_is_read(tmp_path):
    areas = [{"type": "Municipality", "areaCodes": ["091", "092"]}]
    service = read_records(tmp_path, v11_service(areas=areas)).batch.services[0]
    assert service.area.municipalities == ["091", "092"]


def test_an_area_that_is_not_known_is_in_the_report(tmp_path):
    areas = [{"type": "Region", "code": "77"}]
    reading = read_records(tmp_path, v11_service(areas=areas), municipality="853")
    assert reading.batch.services[0].area.municipalities == ["853"]
    assert "area Region 77 is not known (1 records)" in reading.notes


def test_a_service_without_an_area_has_that_of_its_organisation(tmp_path):
    offers = [{"organization": {"id": v11_organization()["id"], "name": "Turku"}}]
    service = v11_service(areaType=None, areas=None, organizations=offers)
    county = v11_organization(
        areaType="LimitedType", areas=[{"type": "WellbeingServiceCounties", "code": "04"}]
    )
    # The organisation comes after the service.
    found = read_records(tmp_path, service, county).batch.services[0]
    assert found.area.municipalities == ["092", "245"]


def test_a_service_without_any_area_is_in_the_report(tmp_path):
    reading = read_records(tmp_path, v11_service(areaType=None, areas=None))
    assert any("no area" in note for note in reading.notes)


def test_areas_of_v12_are_joined_and_expanded(tmp_path):
    area = {
        "areaType": "LimitedArea",
        "municipalities": ["853"],
        "regions": ["20"],
        "wellbeingServicesCounties": ["04"],
    }
    codes = read_records(tmp_path, v12_service(area=area)).batch.services[0].area.municipalities
    assert {"853", "478", "092", "245"} <= set(codes) and "091" not in codes


@pytest.mark.parametrize(
    "area_type, scope",
    [("WholeCountry", "nationwide"), ("WholeCountryExceptAland", "nationwide_ex_aland")],
)
def test_national_services_of_v12_keep_their_scope(area_type, scope, tmp_path):
    service = read_records(tmp_path, v12_service(area={"areaType": area_type})).batch.services[0]
    assert service.area.scope == scope
