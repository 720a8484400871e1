"""docker-compose.yml: nothing open to the network, no default password, healthy before it counts as up."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent.parent / "docker-compose.yml"
SERVICE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]["neo4j"]


def has_compose() -> bool:
    command = ["docker", "compose", "version"]
    return bool(shutil.which("docker")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def config(**variables: str) -> "subprocess.CompletedProcess[str]":
    bare = {name: value for name, value in os.environ.items() if name != "NEO4J_PASSWORD"}
    command = ["docker", "compose", "-f", str(FILE), "config"]
    return subprocess.run(command, env=bare | variables, capture_output=True, text=True, check=False)


def test_the_server_is_for_this_machine_and_keeps_its_data() -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICE["ports"])
    assert re.fullmatch(r"neo4j:\d+\.\d+-community", SERVICE["image"])
    assert SERVICE["volumes"] == ["neo4j-data:/data"]
    assert "neo4j-data" in yaml.safe_load(FILE.read_text(encoding="utf-8"))["volumes"]
    assert {"test", "interval", "timeout", "retries", "start_period"} <= SERVICE["healthcheck"].keys()
    assert {"heap_max__size", "pagecache_size"} <= {name.split("memory_")[-1] for name in SERVICE["environment"]}


def test_the_password_comes_from_the_environment_alone() -> None:
    assert re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?[^}]+\}", SERVICE["environment"]["NEO4J_AUTH"])
    assert not re.search(r"-p \"?(?!\$\$\{NEO4J_AUTH#neo4j/\})\w", SERVICE["healthcheck"]["test"][1])
    if has_compose():
        assert "set NEO4J_PASSWORD" in config().stderr
        assert config(NEO4J_PASSWORD="of-the-test").returncode == 0
