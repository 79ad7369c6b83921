"""The settings: environment variables ``CONVENTION_WATCH_…``. Each has a type; a name that is none of ours is an error.

Each may also be given as ``CONVENTION_WATCH_<NAME>_FILE``, the path of a file that holds the value:
the way for secrets. Nothing else in the project reads the environment.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from records.errors import ConfigurationError

PREFIX = "CONVENTION_WATCH_"


def _split(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _ledger_url(value: Any) -> Any:
    try:
        make_url(value.get_secret_value() if isinstance(value, SecretStr) else value)
    except ArgumentError as error:
        raise ValueError(
            "is not an SQLAlchemy URL, such as sqlite:///ledger.sqlite or postgresql+psycopg://host/name"
        ) from error
    return value


def _index_target(value: str) -> str:
    if value == "embedded" or value.startswith(("http://", "https://")):
        return value
    raise ValueError('is neither "embedded" nor the URL of an Elasticsearch')


def _mail_target(value: Any) -> Any:
    if isinstance(value, str) and not value.startswith(("smtp://", "smtps://", "maildir:")):
        raise ValueError("starts with none of smtp://, smtps://, maildir:")
    return value


def _schedule(value: str) -> str:
    if len(value.split()) != 5 or set(value) - set("0123456789*/,- "):
        raise ValueError("is not five fields of cron, such as */15 * * * *")
    return value


def _address(value: str) -> str:
    if "@" not in value or any(character in value for character in "\r\n\0"):
        raise ValueError("is not an e-mail address")
    return value


Address = Annotated[str, BeforeValidator(_address)]


class Settings(BaseModel):
    """All that a run depends on. Paths are as given; instants carry a zone; None means not set."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    home: Path = Field(Path(".watch"), description="folder of everything that is kept")
    ledger: Annotated[SecretStr | None, BeforeValidator(_ledger_url)] = Field(
        None, description="SQLAlchemy URL of the ledger; default: SQLite in HOME"
    )
    index: Annotated[str, BeforeValidator(_index_target)] = Field(
        "embedded", description='"embedded", or the URL of an Elasticsearch'
    )
    index_api_key: SecretStr | None = Field(None, description="API key for Elasticsearch (encoded form)")
    index_ca: Path | None = Field(None, description="PEM file of the authority that signed Elasticsearch's certificate")
    elastic_password: SecretStr | None = Field(None, description="password of Elasticsearch's superuser, for `stack`")
    kibana_password: SecretStr | None = Field(
        None, description="password that `stack keys` gives to Kibana's own user in Elasticsearch"
    )
    sources: Path | None = Field(None, description="folder of source files; default: the built-in ones")
    subscriptions: Path | None = Field(
        None, description="subscription file; default: subscriptions.yml in HOME, if there"
    )
    smtp: Annotated[SecretStr | None, BeforeValidator(_mail_target)] = Field(
        None, description="smtp://[user@]host:port, smtps://…, or maildir:PATH; default: a Maildir in HOME"
    )
    smtp_password: SecretStr | None = Field(None, description="password of the user named in SMTP")
    mail_from: Address = Field("convention-watch@localhost", description="sender of every mail")
    operator: Address | None = Field(None, description="who hears of faults")
    contact: str | None = Field(None, description="URL or address in the User-Agent, for webmasters")
    allow_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_split)] = Field(
        (), description="networks (CIDR, comma-separated) that may be reached although not public"
    )
    kibana_url: str | None = Field(None, description="base URL of Kibana, for links and installation")
    kibana_api_key: SecretStr | None = Field(None, description="API key for Kibana")
    schedule: Annotated[str, BeforeValidator(_schedule)] = Field(
        "*/15 * * * *", description="when Airflow makes a pass, as five fields of cron in UTC"
    )
    as_of: AwareDatetime | None = Field(None, description="an instant, with zone, that stands for now")

    def now(self) -> datetime:
        """Return the present in UTC: AS_OF when it is set, else the clock."""
        return (self.as_of or datetime.now(UTC)).astimezone(UTC)

    @property
    def ledger_url(self) -> str:
        """The ledger's URL with its secrets; never to be printed."""
        return self.ledger.get_secret_value() if self.ledger else f"sqlite:///{self.home / 'ledger.sqlite'}"

    @property
    def mail_domain(self) -> str:
        """The domain that ends our Message-IDs: the sender's."""
        return self.mail_from.rpartition("@")[2]

    @property
    def mail_target(self) -> str:
        """Where mails go, with its secrets; never to be printed."""
        return self.smtp.get_secret_value() if self.smtp else f"maildir:{self.home / 'mail'}"

    @property
    def subscription_file(self) -> Path | None:
        """The file of subscriptions, None when there is none."""
        default = self.home / "subscriptions.yml"
        return self.subscriptions or (default if default.exists() else None)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that the environment gives; raise ConfigurationError naming every wrong one."""
    values: dict[str, str] = {}
    for variable in sorted(environ):
        if variable.startswith(PREFIX):
            name, value = _read_variable(variable, environ)
            if name in values:
                raise ConfigurationError(f"{PREFIX}{name.upper()} is given twice: as itself and as {variable}")
            values[name] = value
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(
            "\n".join(_explain(item) for item in error.errors(include_url=False, include_input=False))
        ) from None


def _read_variable(variable: str, environ: Mapping[str, str]) -> tuple[str, str]:
    name = variable.removeprefix(PREFIX).lower()
    if name in Settings.model_fields:
        return name, environ[variable]
    if name.endswith("_file") and name.removesuffix("_file") in Settings.model_fields:
        try:
            return name.removesuffix("_file"), Path(environ[variable]).read_text(encoding="utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{variable}: cannot read {environ[variable]}: {error}") from error
    near = get_close_matches(name, Settings.model_fields, n=1, cutoff=0.5)
    hint = (
        f"; did you mean {PREFIX}{near[0].upper()}?"
        if near
        else f"; known are {', '.join(sorted(Settings.model_fields)).upper()}"
    )
    raise ConfigurationError(f"{variable} is not a setting{hint}")


def _explain(item: Any) -> str:
    name = PREFIX + str(item["loc"][0]).upper()
    return f"{name}: {item['msg'].removeprefix('Value error, ')}"
