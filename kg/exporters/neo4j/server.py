"""A Neo4j Community server without Docker: its public Java artifacts, fetched with Maven, run with Java 17 or newer."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from filelock import FileLock

from kg.errors import GraphError, InputError
from kg.exporters.neo4j.connect import Server, connect

HEAP = "-Xmx512m"
READY = 180.0  # seconds that a server may take to start
SETTINGS = """
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=100M size
"""


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
    folder = cache()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not folder.is_dir():
            check_tools()
            with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
                download(Path(beside))
                (Path(beside) / "lib").rename(folder)
    return folder


def check_tools() -> None:
    for tool in ("java", "mvn"):
        if not shutil.which(tool):
            raise InputError(f"{tool} is missing. A server without Docker needs Java 17 or newer and Maven.")
    banner = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', banner)
    if not found or int(found[1]) < 17:
        raise InputError(f"Java 17 or newer is needed; java -version says: {banner.splitlines()[:1]}")


def download(folder: Path) -> None:
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
    """Runs ``neo4j-admin`` on the (stopped) server in ``home``.

    Raises:
        GraphError: it fails.
    """
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = java("org.neo4j.cli.AdminTool", arguments)
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise GraphError(f"neo4j-admin {' '.join(arguments[:3])} failed: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


def prepare(home: Path, password: str, port: int) -> None:
    """Lays out a server's folders; the password counts for a new one only."""
    (home / "conf").mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(SETTINGS.format(port=port), encoding="utf-8")
    if not (home / "data").exists():
        admin(home, "dbms", "set-initial-password", password)


def start(home: Path, password: str, port: int = 7687) -> Server:
    """Starts the server in ``home`` (made where there is none) and waits until it answers on the loopback address.

    Raises:
        InputError: what it needs is missing, or the password is not that of this server.
        GraphError: it does not start.
    """
    server = Server(uri=f"bolt://127.0.0.1:{port}", password=password)
    if is_running(home):
        wait(server, lambda: True)
        return server
    prepare(home, password, port)
    arguments = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "console.log").open("wb") as log:
        process = subprocess.Popen(
            java("org.neo4j.server.CommunityEntryPoint", arguments),
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    pid_file(home).write_text(str(process.pid))
    try:
        wait(server, lambda: process.poll() is None)
    except GraphError as error:
        raise GraphError(f"{error} Its log: {(home / 'console.log').read_text(errors='replace')[-1000:]}") from error
    return server


def wait(server: Server, is_alive: Callable[[], bool]) -> None:
    """Waits until the server answers.

    Raises:
        InputError: it answers, and refuses the password.
        GraphError: it is no longer alive, or time is up.
    """
    deadline = time.monotonic() + READY
    while time.monotonic() < deadline and is_alive():
        try:
            with connect(server):
                return
        except GraphError:
            time.sleep(0.3)
    raise GraphError(f"The Neo4j server at {server.uri} did not start.")


def is_running(home: Path) -> bool:
    """Whether the server of this home runs."""
    try:
        return is_alive(int(pid_file(home).read_text()))
    except (OSError, ValueError):
        return False


def pid_file(home: Path) -> Path:
    return home / "neo4j.pid"


def stop(home: Path) -> None:
    """Stops the server in ``home`` and waits until it is gone.

    Raises:
        GraphError: none runs there.
    """
    if not is_running(home):
        raise GraphError(f"No Neo4j server runs in {home}.")
    pid = int(pid_file(home).read_text())
    os.kill(pid, signal.SIGTERM)
    while is_alive(pid):
        time.sleep(0.1)
    pid_file(home).unlink()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that its parent has not yet taken leave of does not."""
    with suppress(ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # where there is no such file, a foreign zombie counts as alive
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
