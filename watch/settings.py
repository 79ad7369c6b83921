"""The settings: environment variables ``CONVENTION_WATCH_…``. Each has a type; a name that is none of ours is an error.

Each may also be given as ``CONVENTION_WATCH_<NAME>_FILE``, the path of a file that holds the value:
the way for secrets. Nothing else in the project reads the environment.
"""

import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from alerting.mail_address import mail_address
from records.errors import ConfigurationError
from watch.cron import cron_schedule
from watch.setting_values import (
    api_key,
    authority,
    contact_point,
    folder,
    hidden,
    index_target,
    instant,
    ledger_url,
    mail_target,
    networks,
    web_address,
)

PREFIX = "CONVENTION_WATCH_"


WebAddress = Annotated[str, BeforeValidator(web_address)]
MailAddress = Annotated[str, BeforeValidator(mail_address)]
ApiKey = Annotated[SecretStr, BeforeValidator(hidden(api_key))]


class Settings(BaseModel):
    """All that a run depends on. Paths are as given; instants carry a zone; None means not set."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    home: Annotated[Path, BeforeValidator(folder)] = Field(
        Path(".watch"), description="folder of everything that is kept"
    )
    ledger: Annotated[SecretStr | None, BeforeValidator(hidden(ledger_url))] = Field(
        None, description="SQLAlchemy URL of the ledger; default: SQLite in HOME"
    )
    index: Annotated[str, BeforeValidator(index_target)] = Field(
        "embedded", description='"embedded", or the URL of an Elasticsearch'
    )
    index_api_key: ApiKey | None = Field(None, description="API key for Elasticsearch (encoded form)")
    index_ca: Annotated[Path | None, BeforeValidator(authority)] = Field(
        None, description="PEM file of the authority that signed Elasticsearch's certificate"
    )
    elastic_password: SecretStr | None = Field(None, description="password of Elasticsearch's superuser, for `stack`")
    kibana_password: SecretStr | None = Field(
        None, description="password that `stack keys` gives to Kibana's own user in Elasticsearch"
    )
    sources: Path | None = Field(None, description="folder of source files; default: the built-in ones")
    subscriptions: Path | None = Field(
        None, description="subscription file; default: subscriptions.yml in HOME, if there"
    )
    smtp: Annotated[SecretStr | None, BeforeValidator(hidden(mail_target))] = Field(
        None, description="smtp://[user@]host:port, smtps://…, or maildir:PATH; default: a Maildir in HOME"
    )
    smtp_password: SecretStr | None = Field(None, description="password of the user named in SMTP")
    mail_from: MailAddress = Field("convention-watch@localhost", description="sender of every mail")
    operator: MailAddress | None = Field(None, description="who hears of faults")
    contact: Annotated[str | None, BeforeValidator(contact_point)] = Field(
        None, description="URL or address in the User-Agent, for webmasters"
    )
    allow_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(networks)] = Field(
        (), description="networks (CIDR, comma-separated) that may be reached although not public"
    )
    kibana_url: WebAddress | None = Field(None, description="base URL of Kibana, for links and installation")
    kibana_api_key: ApiKey | None = Field(None, description="API key for Kibana (encoded form)")
    airflow_url: WebAddress | None = Field(None, description="base URL of Airflow, for `doctor`")
    schedule: Annotated[str, BeforeValidator(cron_schedule)] = Field(
        "*/15 * * * *", description="when Airflow makes a pass, as five fields of cron in UTC"
    )
    as_of: Annotated[AwareDatetime | None, BeforeValidator(instant)] = Field(
        None, description="an instant, with zone, that stands for now"
    )

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


SECRETS = frozenset(name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation))


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that the environment gives; an empty variable gives none.

    Raises ConfigurationError that names every wrong one, and shows no secret.
    """
    values: dict[str, str] = {}
    given_by: dict[str, str] = {}
    wrong: list[str] = []
    for variable in sorted(variable for variable in environ if variable.startswith(PREFIX)):
        plain = variable.removesuffix("_FILE")
        if plain != variable and environ.get(plain):
            wrong.append(f"{variable}: is given twice: {plain} is set, too; keep one of the two")
            continue
        try:
            name, value = _read_variable(variable, environ[variable])
        except ConfigurationError as error:
            wrong.append(str(error))
            continue
        if value.strip():
            values[name], given_by[name] = value, variable
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        wrong += [_explain(item, given_by) for item in error.errors(include_url=False, include_input=False)]
    if wrong:
        raise ConfigurationError("\n".join(wrong))
    return settings


def read_schedule(environ: Mapping[str, str]) -> str:
    """Return the setting SCHEDULE alone: Airflow reads its files often, and no other setting must keep it from it."""
    ours = (f"{PREFIX}SCHEDULE", f"{PREFIX}SCHEDULE_FILE")
    return read_settings({variable: environ[variable] for variable in ours if variable in environ}).schedule


def _read_variable(variable: str, value: str) -> tuple[str, str]:
    name = variable.removeprefix(PREFIX).lower()
    if name in Settings.model_fields:
        return name, value if name in SECRETS else value.strip()
    name, is_file = name.removesuffix("_file"), name.endswith("_file")
    if is_file and name in Settings.model_fields:
        return name, _read_file(variable, Path(value), secret=name in SECRETS) if value else ""
    near = get_close_matches(name, Settings.model_fields, n=1, cutoff=0.5)
    hint = (
        f"; did you mean {PREFIX}{near[0].upper()}{'_FILE' if is_file else ''}?"
        if near
        else f"; known are {', '.join(sorted(Settings.model_fields)).upper()}"
    )
    raise ConfigurationError(f"{variable} is not a setting{hint}")


def _read_file(variable: str, path: Path, *, secret: bool) -> str:
    try:
        value = path.read_text(encoding="utf-8-sig").rstrip("\r\n")
        readable = path.stat().st_mode & stat.S_IROTH
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not text in UTF-8"
        raise ConfigurationError(f"{variable}: cannot read {path}: {reason}") from error
    if not value.strip():
        raise ConfigurationError(f"{variable}: {path} is empty; write the value into it, or leave the variable out")
    if secret and readable:
        raise ConfigurationError(f"{variable}: {path} can be read by everybody on this machine; say: chmod o= {path}")
    return value


def _explain(item: Any, given_by: Mapping[str, str]) -> str:
    return f"{given_by[str(item['loc'][0])]}: {item['msg'].removeprefix('Value error, ')}"
