"""Where the test server comes from: a Java, the Maven artifact unpacked in a cache, our plugin compiled into it."""

import hashlib
import os
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from shutil import move, rmtree, which

VERSION = "9.5.3"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
PLUGIN_SOURCE = Path(__file__).with_name("elasticsearch_plugin") / "AnalysisParts.java"
DESCRIPTOR = f"""\
name=analysis-parts
description=Analysis parts that the integration-test distribution lacks
version=1
classname=watch.tests.AnalysisParts
java.version=21
elasticsearch.version={VERSION}
"""


class ServerMissing(Exception):
    """This machine cannot run the server; the message says what it lacks."""


def find_java(minimum: int) -> Path:
    """Return the home of the newest Java of at least ``minimum`` with a compiler; raise ServerMissing."""
    homes = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    on_path = which("javac")
    if on_path:
        homes.append(Path(on_path).resolve().parent.parent)
    found = [(version, home) for home in homes if (version := _java_version(home)) >= minimum]
    if not found:
        raise ServerMissing(f"no JDK of version {minimum} or later (looked in JAVA_HOME, /usr/lib/jvm, PATH)")
    return max(found)[1]


def _java_version(home: Path) -> int:
    if not (home / "bin" / "javac").exists() or not (home / "release").exists():
        return 0
    stated = re.search(r'^JAVA_VERSION="(\d+)', (home / "release").read_text(), re.MULTILINE)
    return int(stated[1]) if stated else 0


def unprivileged_user() -> str | None:
    """Return the user to run the server as when we are root (it refuses root), else None: as ourselves."""
    return "nobody" if os.geteuid() == 0 else None


def install_server(java: Path) -> Path:
    """Return the home of the unpacked server with our plugin, fetched at the first call; raise ServerMissing.

    The folder's name holds the digest of the plugin's source: an old one is never run by mistake.
    """
    digest = hashlib.sha256(PLUGIN_SOURCE.read_bytes() + DESCRIPTOR.encode()).hexdigest()[:12]
    cache = _cache()
    home = cache / f"elasticsearch-{VERSION}-{digest}"
    if not home.exists():
        cache.mkdir(parents=True, exist_ok=True)
        cache.chmod(0o755)
        with tempfile.TemporaryDirectory(dir=cache) as unfinished:
            _unpack(_fetch_archive(), Path(unfinished))
            (unpacked,) = Path(unfinished).iterdir()
            _build_plugin(unpacked, java)
            _open_to_all(unpacked)
            _put_in_place(unpacked, home)
    return home


def _cache() -> Path:
    """Outside the checkout; when we are root, where the unprivileged user can read it."""
    if os.geteuid() == 0:
        return Path("/var/cache/convention-watch")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "convention-watch"


def _fetch_archive() -> Path:
    maven = which("mvn")
    if not maven:
        raise ServerMissing("no TEST_ELASTICSEARCH_URL, and no mvn to fetch the server with")
    copied = _cache() / "archive"
    for goal in (
        ["dependency:get", "-Dtransitive=false", f"-Dartifact={ARTIFACT}"],
        ["dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={copied}"],
    ):
        done = subprocess.run([maven, "-q", "-B", *goal], capture_output=True, text=True, cwd=_cache())
        if done.returncode:
            raise ServerMissing(f"mvn could not fetch {ARTIFACT}: {(done.stdout + done.stderr)[-500:]}")
    return next(copied.glob(f"elasticsearch-{VERSION}*.zip"))


def _unpack(archive: Path, target: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(target)
    archive.unlink()  # Maven's own repository keeps it


def _build_plugin(home: Path, java: Path) -> None:
    folder = home / "plugins" / "analysis-parts"
    classes = home / "classes"
    folder.mkdir(parents=True)
    subprocess.run(
        [str(java / "bin" / "javac"), "--release", "21", "-nowarn", "-cp", f"{home}/lib/*", "-d", str(classes),
         str(PLUGIN_SOURCE)],
        check=True,
    )  # fmt: skip
    subprocess.run(
        [str(java / "bin" / "jar"), "cf", str(folder / "analysis-parts.jar"), "-C", str(classes), "."], check=True
    )
    (folder / "plugin-descriptor.properties").write_text(DESCRIPTOR)
    rmtree(classes)


def _open_to_all(home: Path) -> None:
    for path in (home, *home.rglob("*")):
        executable = path.is_dir() or path.parent.name == "bin" or path.suffix == ".sh"
        path.chmod(0o755 if executable else 0o644)


def _put_in_place(unpacked: Path, home: Path) -> None:
    try:
        unpacked.rename(home)
    except OSError:  # another test run was first
        if not home.exists():
            move(unpacked, home)
