import pytest

from assistant.catalogue.importers.run import dataset_of

from .conftest import put, service


@pytest.mark.parametrize(
    "path_or_url, name",
    [
        ("/srv/data/services.json", "services"),
        ("folder/", "folder"),
        ("https://one.example.org/api/services?page=2", "one-example-org-api-services"),
        ("https://two.example.org/api/services", "two-example-org-api-services"),
    ],
)
def test_a_data_set_is_named_by_its_file_or_by_its_host_and_path(path_or_url, name):
    assert dataset_of(path_or_url) == name


def test_the_ids_of_a_data_set_are_those_that_are_published(store):
    put(store, service(key="1"), service(key="2"))
    put(store, service(key="2"))
    put(store, service(key="3"), dataset="other")
    assert store.ids_of("test", "one") == {"test:service:2"}
