"""The compose file, the image and the example of settings, held against their schemas and against one another."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.airflow.composing import Composition
from watch.settings import PREFIX, Settings, read_settings
from watch.stack.passwords import fill_in

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"].startswith("convention-watch:"))
ONE_SHOT = {"airflow-init", "certificates", "elasticsearch-init", "kibana-init"}
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SECRET = re.compile(r"PASSWORD|SECRET|_KEY$")


def run_tool(name: str, *arguments: str) -> None:
    """Run a checker that was installed beside Python; what it says is the message of a failure."""
    done = subprocess.run([Path(sys.executable).with_name(name), *arguments], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def variables(text: str) -> dict[str, str]:
    """The variables a text takes from its surroundings, each with what follows its name (``:?…``, ``:-…``, nothing)."""
    return {found[1]: found[2] for found in re.finditer(r"(?<!\$)\$\{([A-Z_]+)([^}]*)\}", text)}


def test_the_compose_file_keeps_to_the_specification() -> None:
    """No unknown key, no wrong type."""
    run_tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_the_dockerfile_has_no_known_weakness() -> None:
    """Hadolint finds nothing."""
    run_tool("hadolint", "Dockerfile")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_can_be_watched_and_stopped(name: str) -> None:
    """Each has a health check and a time to stop, or runs once; restarts and waits for what it needs."""
    service = SERVICES[name]
    if name in ONE_SHOT:
        assert service["restart"] == "no"
        return
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]
    assert service["stop_grace_period"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_a_service_waits_for_says_when_it_is_ready(name: str) -> None:
    """A service waits for a health check or for the end of a one-shot service, never for a mere start."""
    for other, how in SERVICES[name].get("depends_on", {}).items():
        expected = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
        assert how["condition"] == expected
        assert other in ONE_SHOT or "healthcheck" in SERVICES[other]


def test_every_port_is_published_on_this_machine_alone() -> None:
    """127.0.0.1 stands before each."""
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_no_secret_has_a_default() -> None:
    """Each secret must be given, and none stands in the file."""
    taken = variables(TEXT)
    assert [name for name, rest in taken.items() if SECRET.search(name) and not rest.startswith((":?", ":-"))] == []
    with_default = [name for name, rest in taken.items() if SECRET.search(name) and rest.startswith(":-")]
    assert with_default == ["CONVENTION_WATCH_SMTP_PASSWORD"]
    assert taken["CONVENTION_WATCH_SMTP_PASSWORD"] == ":-"
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if SECRET.search(name) and not name.endswith(("_FILE", "SIMPLE_AUTH_MANAGER_USERS")):
                assert str(value).startswith("${"), name


def test_the_example_names_every_variable_and_no_other() -> None:
    """What must be given is an empty line, what may be given a commented one."""
    required = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    optional = set(re.findall(r"^#([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    taken = variables(TEXT)
    assert {name for name, rest in taken.items() if rest.startswith(":?")} == required
    assert {name for name, rest in taken.items() if not rest.startswith(":?")} == optional
    given = re.findall(r"^([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE)
    assert given == [("SUBSCRIPTIONS_FILE", "./subscriptions.yml")]


@pytest.mark.parametrize("name", OURS)
def test_our_settings_are_settings(name: str) -> None:
    """Every CONVENTION_WATCH_ variable of a service is one that the program knows."""
    for variable in SERVICES[name].get("environment", {}):
        if variable.startswith(PREFIX):
            assert variable.removeprefix(PREFIX).removesuffix("_FILE").lower() in Settings.model_fields, variable


@pytest.mark.parametrize("name", OURS)
def test_our_settings_are_right(name: str, tmp_path: Path) -> None:
    """With what `make secrets` makes and people fill in, the program takes every setting of a service."""
    made, _, _ = fill_in(EXAMPLE, None)
    given = dict(re.findall(r"^([A-Z_]+)=(.+)$", made, re.MULTILINE))
    people = dict.fromkeys(("CONVENTION_WATCH_MAIL_FROM", "CONVENTION_WATCH_OPERATOR"), "watch@example.org")
    people["CONVENTION_WATCH_CONTACT"] = "https://example.org/about"
    for file, content in (("ca.pem", "-----BEGIN CERTIFICATE-----"), ("key", "aWQ6c2VjcmV0")):
        (tmp_path / file).write_text(content)
        (tmp_path / file).chmod(0o600)
    composition = Composition(tmp_path, {**given, **people}, {})
    environ = {
        variable: value.replace("/run/convention-watch/certificates/ca.pem", str(tmp_path / "ca.pem"))
        for variable, value in composition.environment(name).items()
        if variable.startswith(PREFIX)
    }
    keys = {variable: str(tmp_path / "key") for variable in environ if variable.endswith("_API_KEY_FILE")}
    settings = read_settings({**environ, **keys})
    assert settings.index == "embedded" or settings.index_ca == tmp_path / "ca.pem"


def test_every_volume_is_declared_and_used() -> None:
    """What must outlive a container is in a named volume."""
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def holders(volume: str) -> dict[str, bool]:
    """The services that mount a volume, and whether they can write to it."""
    mounted = ((name, one) for name, service in SERVICES.items() for one in service.get("volumes", []))
    return {name: not one.endswith(":ro") for name, one in mounted if one.partition(":")[0] == volume}


def test_secrets_are_where_they_are_needed_and_nowhere_else() -> None:
    """The authority's key: with what signs; installing keys: with what installs; daily services only read theirs."""
    assert holders("authority") == {"certificates": True}
    assert holders("installing-keys") == {"elasticsearch-init": True, "airflow-init": False, "kibana-init": False}
    daily = {"airflow-api-server": False, "airflow-scheduler": False, "airflow-dag-processor": False}
    assert holders("keys") == {"elasticsearch-init": True, **daily}
    assert [name for name, writes in holders("certificates").items() if writes] == ["certificates"]
    for name, service in SERVICES.items():
        given = " ".join(map(str, service.get("environment", {}).values()))
        assert ("ELASTIC_PASSWORD" in given) == (name in {"elasticsearch", "elasticsearch-init"}), name


def test_elasticsearch_is_spoken_to_over_tls_alone() -> None:
    """No address of it is plain, and whoever speaks to it is given the authority's certificate."""
    assert "http://elasticsearch" not in TEXT
    for name, service in SERVICES.items():
        given = {key: str(value) for key, value in service.get("environment", {}).items()}
        if "https://elasticsearch:9200" in given.values():
            authority = given.get("CONVENTION_WATCH_INDEX_CA") or given["ELASTICSEARCH_SSL_CERTIFICATEAUTHORITIES"]
            assert authority.endswith("certificates/ca.pem"), name
            assert name in holders("certificates"), name


def test_elasticsearch_and_kibana_are_of_one_version() -> None:
    """Kibana runs with no other; the client's major is theirs."""
    versions = {SERVICES[name]["image"].rpartition(":")[2] for name in ("elasticsearch", "kibana")}
    assert versions == {"9.5.3"}


def pins(name: str) -> dict[str, str]:
    """The versions that a list of requirements pins."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_image_has_the_versions_that_are_tested() -> None:
    """The image's list is part of the list of everything; no test tool is in it."""
    image, everything = pins("requirements.image.lock"), pins("requirements.lock")
    assert image.items() <= everything.items()
    assert "pytest" not in image
    assert {"apache-airflow", "scrapy", "psycopg2-binary", "asyncpg"} <= image.keys()


def test_what_the_dockerfile_copies_is_let_through() -> None:
    """Every room is in the image, and no test, state or secret."""
    let_through = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"} | {"dags"}
    assert rooms <= let_through
    assert not {"tests", ".env", ".watch"} & let_through
