"""The public Java artifacts of a Neo4j Community server, fetched with Maven, and how to run its programs."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from filelock import FileLock

from kg.errors import GraphError, InputError

HEAP = "-Xmx512m"


def cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    version = re.findall(r"<version>(.+)</version>", pom())[-1]
    return Path(base) / "kg-papers" / f"neo4j-{version}"


def pom() -> str:
    return (files(__package__) / "pom.xml").read_text(encoding="utf-8")


def fetch() -> Path:
    """The folder of the server's jars; downloaded (123 MB) the first time.

    Raises:
        InputError: Java 17 or Maven is missing, or Maven cannot reach its registry.
    """
    check_java()
    folder = cache()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
                download(Path(beside))
                (Path(beside) / "lib").rename(folder)
    return folder


def check_java() -> None:
    find("java")
    banner = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', banner)
    if not found or int(found[1]) < 17:
        raise InputError(f"Java 17 or newer is needed; java -version says: {banner.partition(chr(10))[0] or 'nothing'}")


def find(tool: str) -> None:
    if not shutil.which(tool):
        raise InputError(f"{tool} is missing. A server without Docker needs Java 17 or newer, and Maven to fetch it.")


def download(folder: Path) -> None:
    find("mvn")
    (folder / "pom.xml").write_text(pom(), encoding="utf-8")
    command = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if "ERROR" in line] or ["no reason given"]
        raise InputError(f"Maven cannot fetch the Neo4j server: {lines[0]}")


def java(entry: str, arguments: Sequence[str]) -> list[str]:
    """The command line that runs one of the server's programs."""
    return ["java", HEAP, "-cp", f"{fetch()}/*", entry, *arguments]


def admin(home: Path, *arguments: str) -> str:
    """Runs ``neo4j-admin`` on the (stopped) server in ``home`` and gives what it prints.

    Raises:
        GraphError: it fails.
    """
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = java("org.neo4j.cli.AdminTool", arguments)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = re.sub(r"^[\w.]+Exception: ", "", (done.stderr or done.stdout).strip().partition("\n")[0])
        raise GraphError(f"neo4j-admin {' '.join(arguments[:3])} failed: {reason}")
    return done.stdout


def set_password(home: Path, password: str) -> None:
    """Sets the password of a server that has never run; by way of a file, as everybody can read a command line."""
    escaped = password.replace("\\", "\\\\").replace('"', '\\"')
    with tempfile.TemporaryDirectory(dir=home) as private:
        file = Path(private) / "password"
        file.write_text(f'"{escaped}"', encoding="utf-8")
        admin(home, "dbms", "set-initial-password", f"@{file}")
