"""The one Neo4j server of the tests, shared by all worker processes; a test module has it for itself while it runs.

``$NEO4J_URI`` when set (with ``$NEO4J_USER`` and ``$NEO4J_PASSWORD``), else a container where a Docker engine runs,
else the server that ``kg neo4j start`` runs. Where none can be had, tests are skipped, or fail under ``CI=true``.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from kg.errors import GraphError, InputError
from kg.exporters.neo4j import server as program
from kg.exporters.neo4j.connect import USER, Server
from kg.exporters.neo4j.java import fetch
from kg.exporters.neo4j.sync import drop_graph

PASSWORD = "for-tests-only"
IMAGE = "neo4j:5.26-community"


class Given:
    """A server that somebody else runs."""

    def start(self) -> Server:
        user, password = os.environ.get("NEO4J_USER", USER), os.environ.get("NEO4J_PASSWORD", "")
        return Server(uri=os.environ["NEO4J_URI"], user=user, password=password)

    def stop(self) -> None:
        pass

    def kill(self) -> None:
        unavailable("the server at $NEO4J_URI is not ours to stop")


class Container:
    """A server in Docker; its name is that of the test run's folder."""

    def __init__(self, folder: Path) -> None:
        self.name, self.port_file = f"kg-{folder.parent.name}", folder / "port"

    def start(self) -> Server:
        if not self.port_file.exists():
            self.port_file.write_text(str(free_port()))
            ports = f"127.0.0.1:{self.port_file.read_text()}:7687"
            settings = (f"NEO4J_AUTH=neo4j/{PASSWORD}", "NEO4J_server_memory_heap_max__size=512m")
            docker("create", "--name", self.name, "-p", ports, *(part for s in settings for part in ("-e", s)), IMAGE)
        docker("start", self.name)
        server = Server(uri=f"bolt://127.0.0.1:{self.port_file.read_text()}", password=PASSWORD)
        program.wait(server, lambda: True)
        return server

    def stop(self) -> None:
        docker("rm", "--force", "--volumes", self.name)

    def kill(self) -> None:
        docker("kill", self.name)


class Process:
    """A server of our own, from its Java artifacts."""

    def __init__(self, folder: Path) -> None:
        self.home, self.port_file = folder / "home", folder / "port"

    def start(self) -> Server:
        if not self.port_file.exists():
            self.port_file.write_text(str(free_port()))
        return program.start(self.home, PASSWORD, int(self.port_file.read_text()))

    def stop(self) -> None:
        if program.is_running(self.home):
            self.kill()

    def kill(self) -> None:
        pid = int(program.pid_file(self.home).read_text())
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while program.is_alive(pid):
            assert time.monotonic() < deadline, "the server does not die"
            time.sleep(0.05)


def docker(*arguments: str) -> None:
    subprocess.run(["docker", *arguments], check=True, capture_output=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def unavailable(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"No Neo4j server: {reason}")
    pytest.skip(f"no Neo4j server: {reason}")


class Neo4j:
    """The server, and the graphs that a test has written to it."""

    def __init__(self, host: Given | Container | Process) -> None:
        self.host = host
        self.server = host.start()

    def forget(self, *names: str) -> None:
        for name in names:
            with suppress(GraphError):
                drop_graph(self.server, name)


def choose(folder: Path) -> Given | Container | Process:
    if "NEO4J_URI" in os.environ:
        return Given()
    if shutil.which("docker") and not subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        return Container(folder)
    try:
        fetch()
    except InputError as error:
        unavailable(str(error))
    return Process(folder)


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that all workers of this test run share; the last worker to leave stops the server."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kg-neo4j"
    folder.mkdir(exist_ok=True)
    mark = folder / f"user-{os.getpid()}"
    with FileLock(folder / "lock"):
        mark.touch()
    yield folder
    if not folder.exists():  # other test runs have swept the temporary folders
        return
    with FileLock(folder / "lock"):
        mark.unlink(missing_ok=True)
        if not list(folder.glob("user-*")):
            choose(folder).stop()


@pytest.fixture(scope="module")
def neo4j(users: Path) -> Iterator[Neo4j]:
    """A running server for this module alone."""
    with FileLock(users / "lock"):
        yield Neo4j(choose(users))
