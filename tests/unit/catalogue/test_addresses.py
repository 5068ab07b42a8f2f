import socket

import pytest

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files import addresses
from assistant.catalogue.importers.files.addresses import (
    check_scheme,
    checked_addresses,
    is_public,
    masked,
    same_host,
)
from assistant.catalogue.importers.files.records import json_records


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"),
        *("ff02::1", "::127.0.0.1", "not an address"),
    ],
)
def test_addresses_inside_networks_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "193.166.0.1", "2001:67c:2b0::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "::1", "0.0.0.0"]
)
def test_every_way_of_writing_loopback_is_refused(host):
    with pytest.raises(ImportFailed, match="KUNTAOPAS_ALLOW_PRIVATE_SOURCES|no host"):
        checked_addresses(host, 80)


def test_one_private_address_of_several_refuses_the_host(monkeypatch):
    found = [(2, 1, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.5")]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(ImportFailed, match="private network"):
        checked_addresses("rebinding.example", 80)


def test_a_host_that_is_not_found_is_one_clear_line(monkeypatch):
    def fail(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(addresses.socket, "getaddrinfo", fail)
    with pytest.raises(ImportFailed, match="nowhere.example: there is no host"):
        checked_addresses("nowhere.example", 80)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/x.json", "gopher://a/", "http://", "http://a:b:c/"],
)
def test_only_addresses_of_the_web_are_read(url):
    with pytest.raises(ImportFailed):
        check_scheme(url)
    with pytest.raises(ImportFailed):
        list(json_records(url, Reading()))


@pytest.mark.parametrize(
    "url, shown",
    [
        ("https://user:secret@a.example/x", "https://***@a.example/x"),
        ("https://a.example/x?apikey=secret&page=2", "https://a.example/x?apikey=***&page=2"),
        ("https://a.example/x?access_token=secret", "https://a.example/x?access_token=***"),
        ("https://a.example/x?page=2&q=a%20b", "https://a.example/x?page=2&q=a%20b"),
        ("/data/services.json", "/data/services.json"),
        ("http://[secret", "http://[secret"),
    ],
)
def test_keys_and_passwords_are_masked(url, shown):
    assert masked(url) == shown


def test_http_and_https_of_a_host_are_the_same_host():
    assert same_host("http://a.example/x", "https://A.example/y")
    assert not same_host("http://a.example/", "http://b.example/")
    assert not same_host("http://a.example:8000/", "http://a.example:9000/")
