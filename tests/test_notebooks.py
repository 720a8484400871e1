"""Every notebook runs from top to bottom in an empty folder."""

import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")  # pictures are drawn, but into no window
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], "notebooks are kept without outputs"
            exec("".join(cell["source"]), names)
    if pyplot := names.get("plt"):
        drawn = [pyplot.figure(number) for number in pyplot.get_fignums()]
        pyplot.close("all")
        assert drawn
        assert all(axes.has_data() or axes.texts for figure in drawn for axes in figure.axes)


def test_there_are_three() -> None:
    assert {path.stem for path in NOTEBOOKS} == {"first_graph", "lineage_of_a_method", "a_fields_year"}
