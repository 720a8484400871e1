"""What may be trained, and where it may be written."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.train.folder import check, open_pipeline, write_pipeline
from tests.extract.test_contract import ruler, saved


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    for name, text in (("notes.txt", "mine"), ("meta.json", '{"name": "other"}')):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_text(text)
        with pytest.raises(InputError, match="holds something else"):
            check(folder)
    with pytest.raises(InputError, match="is a file"):
        check(tmp_path / "notes" / "notes.txt")


def test_a_new_an_empty_and_an_own_folder_are_written(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "model"
    check(out)
    write_pipeline(ruler(), out, {"best": 1})
    check(out)
    (out / "left-over").touch()
    write_pipeline(ruler(), out, {"best": 2})
    assert not (out / "left-over").exists()
    assert [path.name for path in out.parent.iterdir()] == ["model"]
    check(tmp_path / "new")


@pytest.mark.parametrize("model", ["accurate", "ruler"])
def test_only_our_own_tagger_is_trained(model: str, tmp_path: Path) -> None:
    given = saved(ruler(), tmp_path / "ruler") if model == "ruler" else model
    with pytest.raises(InputError, match=r"training/encoder.py; training/README.md says how"):
        open_pipeline(given)


def test_a_model_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No model 'nowhere'"):
        open_pipeline("nowhere")
    (tmp_path / "config.cfg").write_text("[nlp]\n")
    with pytest.raises(InputError, match="cannot be opened"):
        open_pipeline(str(tmp_path))
