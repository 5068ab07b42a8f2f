"""Settings of an operator."""

import pytest

from assistant.settings import Settings, SettingsError, get_settings


@pytest.fixture
def environment(monkeypatch):
    get_settings.cache_clear()
    yield monkeypatch
    get_settings.cache_clear()


@pytest.mark.parametrize(
    ("written", "origins"),
    [
        ("", []),
        ("https://www.hel.fi", ["https://www.hel.fi"]),
        ("HTTPS://WWW.Hel.fi/", ["https://www.hel.fi"]),
        ("https://a.fi:443 http://b.fi:80", ["https://a.fi", "http://b.fi"]),
        ("https://a.fi:8443,\n http://[::1]:8080", ["https://a.fi:8443", "http://[::1]:8080"]),
    ],
)
def test_sites_are_read_as_browsers_name_them(written, origins):
    assert Settings(allowed_origins=written).origins == origins


@pytest.mark.parametrize(
    "written",
    ["*", "www.hel.fi", "https://*.hel.fi", "https://hel.fi/page", "ftp://hel.fi", "https://"]
    + ["https://hel.fi;script-src *", "https://a.fi:99999", "https://u:p@hel.fi", "null"],
)
def test_a_site_that_is_none_is_refused_in_one_line(environment, written):
    environment.setenv("KUNTAOPAS_ALLOWED_ORIGINS", written)
    with pytest.raises(SettingsError) as refused:
        get_settings()
    assert str(refused.value).startswith("the setting KUNTAOPAS_ALLOWED_ORIGINS: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("written", ["localhost", "10.0.0.0/99", "*", "1.2.3"])
def test_a_proxy_that_is_no_address_is_refused(environment, written):
    environment.setenv("KUNTAOPAS_TRUSTED_PROXIES", written)
    with pytest.raises(SettingsError, match="KUNTAOPAS_TRUSTED_PROXIES"):
        get_settings()


def test_a_limit_is_no_negative_number(environment):
    environment.setenv("KUNTAOPAS_MESSAGES_PER_MINUTE", "-1")
    with pytest.raises(SettingsError, match="KUNTAOPAS_MESSAGES_PER_MINUTE"):
        get_settings()


@pytest.mark.parametrize("written", ["javascript:alert(1)", "www.hel.fi", "https://"])
def test_the_address_of_the_operator_is_one_of_the_web(environment, written):
    environment.setenv("KUNTAOPAS_PRIVACY_URL", written)
    with pytest.raises(SettingsError, match="KUNTAOPAS_PRIVACY_URL"):
        get_settings()
