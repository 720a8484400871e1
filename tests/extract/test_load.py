"""The digest by which a graph knows that a paper was read by this very extractor."""

from pathlib import Path

import pytest

from kg.extract import load


def test_the_digest_is_one_of_the_models_and_of_our_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = load.model_digest.__wrapped__
    code = tmp_path / "extract"
    code.mkdir()
    (tmp_path / "names.py").write_text("")
    monkeypatch.setattr(load, "CODE", code)
    seen = {digest("fast"), digest("accurate")}
    (code / "relations.py").write_text("MIN_SCORE = 0.4")
    seen |= {digest("fast")}
    (tmp_path / "names.py").write_text("KINDS = ()")
    seen |= {digest("fast")}
    assert len(seen) == 4


def test_the_shipped_models_are_at_most_45_megabytes() -> None:
    assert sum(file.stat().st_size for file in load.MODELS.rglob("*") if file.is_file()) <= 45_000_000
