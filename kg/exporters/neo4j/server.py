"""A Neo4j Community server without Docker, on the loopback address: start, wait, stop."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.errors import GraphError, InputError, KGError
from kg.exporters.neo4j.connect import Server, connect
from kg.exporters.neo4j.java import java, set_password

READY = 180.0  # seconds that a server may take to start
GRACE = 60.0  # seconds that it may take to stop of its own accord
SHORTEST_PASSWORD = 8  # characters; the server takes no shorter one
SETTINGS = """
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=100M size
"""


def start(home: Path, password: str, port: int = 7687) -> Server:
    """Starts the server in ``home`` (made where there is none) and waits until it answers on the loopback address.

    Raises:
        InputError: what it needs is missing, the port is taken, or the password is not that of this server.
        GraphError: it does not start.
    """
    server = Server(uri=f"bolt://127.0.0.1:{port}", password=password)
    if is_running(home):
        check_port(home, port)
        wait(server, lambda: True)
        return server
    check_free(port)
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
    except KGError as error:
        if is_running(home):
            stop(home)
        if isinstance(error, InputError):
            raise
        raise GraphError(f"{error} It says: {complaint(home)} (logs: {home / 'logs'})") from error
    return server


def complaint(home: Path) -> str:
    """The first thing that the server's log, or else Java, has to say about a start that failed."""
    log, console = home / "logs" / "neo4j.log", (home / "console.log").read_text(encoding="utf-8", errors="replace")
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    found = re.search(r" (?:WARN|ERROR) +(.+)", text.rpartition("Starting...")[2])
    return found[1] if found else console.strip().partition("\n")[0] or "nothing"


def prepare(home: Path, password: str, port: int) -> None:
    """Lays out a server's folders; the password counts for a new one only.

    Raises:
        InputError: it is too short for one.
    """
    is_new = not (home / "data" / "dbms").exists()
    if is_new and len(password) < SHORTEST_PASSWORD:
        raise InputError(f"The password of a new server needs at least {SHORTEST_PASSWORD} characters.")
    (home / "conf").mkdir(parents=True, exist_ok=True)
    settings(home).write_text(SETTINGS.format(port=port), encoding="utf-8")
    if is_new:
        set_password(home, password)


def settings(home: Path) -> Path:
    return home / "conf" / "neo4j.conf"


def check_port(home: Path, port: int) -> None:
    """Refuses another port than that of the server that runs already."""
    own = re.search(r"127\.0\.0\.1:(\d+)", settings(home).read_text(encoding="utf-8"))
    if own and int(own[1]) != port:
        raise InputError(f"The server in {home} runs already, on port {own[1]}: use that one, or stop it first.")


def check_free(port: int) -> None:
    """Refuses a port on which another program listens; the remains of a killed server do no harm."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        raise InputError(f"Another program listens on port {port}: name a free one with --port.")


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
    """Whether the server of this home runs; its number may since have gone to another program."""
    try:
        pid = int(pid_file(home).read_text())
        command = Path(f"/proc/{pid}/cmdline")
        return is_alive(pid) and (not command.exists() or b"CommunityEntryPoint" in command.read_bytes())
    except (OSError, ValueError):
        return False


def pid_file(home: Path) -> Path:
    return home / "neo4j.pid"


def stop(home: Path) -> None:
    """Stops the server in ``home`` and waits until it is gone; one that hangs is killed, which its data survives.

    Raises:
        GraphError: none runs there.
    """
    if not is_running(home):
        raise GraphError(f"No Neo4j server runs in {home}.")
    pid, deadline = int(pid_file(home).read_text()), time.monotonic() + GRACE
    os.kill(pid, signal.SIGTERM)
    while is_alive(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
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
    with suppress(FileNotFoundError):  # where there is no such file, a foreign zombie counts as alive
        state, *numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return state != "Z" or int(numbers[16]) > 1  # threads: as long as one lives, so do the port and the locks
    return True
