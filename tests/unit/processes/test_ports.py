"""Free and taken ports."""

import socket

import pytest

from assistant.processes.ports import free_port, is_free


@pytest.fixture
def taken():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_port_that_somebody_listens_on_is_not_free(taken):
    assert not is_free("127.0.0.1", taken)


def test_a_port_that_nobody_listens_on_is_free():
    assert is_free("127.0.0.1", free_port(0))


def test_an_address_of_another_machine_is_not_free():
    assert not is_free("192.0.2.1", 0)


def test_a_wanted_port_is_given_when_it_is_free():
    wanted = free_port(0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        wanted = probe.getsockname()[1]
    assert free_port(wanted) == wanted


def test_another_port_is_given_when_the_wanted_one_is_taken(taken):
    found = free_port(taken)
    assert found != taken
    assert is_free("127.0.0.1", found)
