"""The best well-formed sequence of tags."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import viterbi
from kg.extract.entities import to_spans, to_tags
from kg.extract.viterbi import Floats, best_tags, transitions

LABELS = ("O", "B-A", "I-A", "L-A", "U-A", "B-B", "L-B", "U-B")


def is_well_formed(tags: list[str]) -> bool:
    return to_tags(len(tags), to_spans(tags)) == tags


@given(st.lists(st.lists(st.floats(-5, 0), min_size=8, max_size=8), min_size=1, max_size=4))
def test_best_tags_is_the_best_of_all_well_formed_paths(rows: list[list[float]]) -> None:
    logs = np.array(rows, dtype="f")
    found = best_tags(logs, transitions(LABELS))

    def total(tags: tuple[int, ...]) -> float:
        return float(sum(logs[place, tag] for place, tag in enumerate(tags)))

    paths = [path for path in product(range(8), repeat=len(rows)) if is_well_formed([LABELS[tag] for tag in path])]
    assert is_well_formed([LABELS[tag] for tag in found])
    assert np.isclose(total(tuple(found)), max(map(total, paths)), atol=1e-4)


@st.composite
def scores(draw: st.DrawFn) -> Floats:
    """Log-probabilities as a recogniser gives them: most tokens are sure, some differ by a rounding error or not."""
    size, seed, grid = draw(st.integers(1, 60)), draw(st.integers(0, 2**32 - 1)), draw(st.booleans())
    random = np.random.default_rng(seed)
    logits = random.normal(size=(size, len(LABELS))) * draw(st.sampled_from((0.5, 3, 6)))
    logits[:, 0] += draw(st.sampled_from((0, 4, 10)))
    logs = np.round(logits) if grid else logits
    found: Floats = (logs - np.logaddexp.reduce(logs, axis=1, keepdims=True)).astype("f")
    return found


@given(scores(), st.sampled_from((0.1, 2.0, 5.0)))
def test_sure_tokens_change_nothing(logs: Floats, lead: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(viterbi, "LEAD", lead)
        found = best_tags(logs, transitions(LABELS))
        patch.setattr(viterbi, "LEAD", np.inf)
        assert found == best_tags(logs, transitions(LABELS))


@given(scores())
def test_likely_tags_are_kept_where_they_are_well_formed(logs: Floats) -> None:
    greedy = [int(tag) for tag in logs.argmax(axis=1)]
    if is_well_formed([LABELS[tag] for tag in greedy]):
        assert best_tags(logs, transitions(LABELS)) == greedy


def test_an_ill_formed_sequence_becomes_the_next_best() -> None:
    logs = np.log(np.full((3, len(LABELS)), 0.01, "f"))
    for token, (likely, less) in enumerate((("B-A", "O"), ("L-B", "L-A"), ("O", "B-A"))):
        logs[token, LABELS.index(likely)], logs[token, LABELS.index(less)] = -0.1, -1.0
    assert [LABELS[tag] for tag in best_tags(logs, transitions(LABELS))] == ["B-A", "L-A", "O"]
