from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.encoder import PIECES
from kg.extract.load import MODELS
from kg.extract.pieces import LONGEST, SHAPES, Pieces, shape
from kg.extract.tokenizer import blank


@cache
def pieces() -> Pieces:
    return Pieces.from_file(MODELS / "accurate" / "kg_entities" / PIECES)


def words(text: str) -> list[list[str]]:
    """The pieces of each word, read back."""
    (ids, starts, _), *_ = pieces().cut(blank()(text))
    back = [pieces().tokenizer.id_to_token(int(each)) for each in ids]
    ends = [*starts[1:], len(ids) - 1]
    return [back[start:end] for start, end in zip(starts, ends, strict=True)]


def test_words_are_cut_into_pieces_and_the_title_ends_in_a_separator() -> None:
    assert words("LoRA\nWe fine-tune.") == [["lo", "##ra"], ["[SEP]"], ["we"], ["fine"], ["-"], ["tune"], ["."]]


def test_a_word_of_unknown_letters_is_one_piece() -> None:
    assert words("\u200b") == [["[UNK]"]]


def test_every_stretch_begins_and_ends_with_a_mark() -> None:
    ids, *_ = pieces().cut(blank()("one"))[0]
    assert (int(ids[0]), int(ids[-1])) == (pieces().start, pieces().stop)


def test_a_long_text_is_read_in_stretches() -> None:
    found = pieces().cut(blank()("words " * 1200))
    assert [len(starts) for _, starts, _ in found] == [LONGEST, LONGEST, 1200 - 2 * LONGEST]


def test_a_text_without_words_has_no_stretch() -> None:
    assert pieces().cut(blank()("")) == []


@given(st.text(max_size=300))
def test_every_word_begins_somewhere(text: str) -> None:
    doc = blank()(text)
    found = pieces().cut(doc)
    assert sum(len(starts) for _, starts, _ in found) == sum(len(shapes) for *_, shapes in found) == len(doc)
    for ids, starts, shapes in found:
        assert len(ids) <= LONGEST + 2
        assert all(0 < start < len(ids) - 1 for start in starts)
        assert all(0 <= each < SHAPES for each in shapes)


WRITTEN = {"tune": 0, "Tune": 2, "A": 4, "BERT": 6, "RoBERTa": 8, "50": 10, "v2": 0, "V2": 12, "-": 14}


@pytest.mark.parametrize(("text", "number"), WRITTEN.items())
def test_the_shape_tells_how_a_word_is_written(text: str, number: int) -> None:
    assert (shape(text, True), shape(text, False)) == (number, number + 1)
