"""The wheel alone, in an empty environment, builds a graph with the shipped model."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    bare = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV", "KG_GRAPH")}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=bare, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_builds_a_graph(sample: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT, cwd=tmp_path)
    wheel = next((tmp_path / "dist").glob("*.whl"))
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel, cwd=tmp_path)
    kg = tmp_path / "env" / "bin" / "kg"
    assert "6 papers (6 new)" in run(kg, "build", sample, cwd=tmp_path)
    assert "LoRA" in run(kg, "show", "LoRA", cwd=tmp_path)
    assert "papers" in run(kg, "demo", cwd=tmp_path)
    run(kg, "export", "html", "--focus", "LoRA", "-o", "lora.html", cwd=tmp_path)
    assert (tmp_path / "lora.html").stat().st_size > 10_000
