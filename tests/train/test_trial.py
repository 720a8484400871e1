"""How much the tagger's types weigh is tried, and chosen by what is right."""

from typing import Any

import spacy

from kg.evaluate.gold import to_gold
from kg.extract.load import model_path
from kg.train.folder import open_pipeline
from kg.train.trial import best_trial, measure, set_votes, votes_of
from tests.extract.test_contract import ruler
from tests.train.papers import papers


def test_the_best_weight_of_types_is_chosen() -> None:
    """Where the tagger types a name otherwise than `kg_types` knows it, the greater weight wins."""
    nlp, tagger = open_pipeline("fast")
    row: dict[str, Any] = {"id": 1, "text": "We fine-tune BERT on GLUE, and BERT wins.", "char_spans": []}
    given = nlp(f"\n{row['text']}").spans["mentions"]
    assert "BERT" in {mention.text for mention in given}
    swapped = [label.replace("Model", "Task") if "Model" in label else label for label in tagger.labels]
    tagger.cfg["labels"] = swapped  # what it called a model it now calls a task
    row["char_spans"] = [[13, 17, "Task"], [31, 35, "Task"], [21, 25, "Dataset"]]
    own = votes_of(nlp)
    trial = best_trial(nlp, [to_gold(row, "gold.jsonl:1", None)], 1, 0.5, own)
    assert (trial.epoch, trial.loss) == (1, 0.5)
    assert own is not None
    assert trial.votes is not None
    assert trial.votes > own
    set_votes(nlp, own)
    assert measure(nlp, [to_gold(row, "gold.jsonl:1", None)])["span"]["f"] < trial.f


def test_the_weight_is_written_with_the_pipeline(tmp_path: Any) -> None:
    nlp, _ = open_pipeline("fast")
    set_votes(nlp, 7.0)
    nlp.to_disk(tmp_path / "tuned")
    assert votes_of(spacy.load(tmp_path / "tuned")) == 7.0
    assert votes_of(spacy.load(model_path("fast"))) != 7.0


def test_a_pipeline_without_types_of_its_own_has_no_weight() -> None:
    nlp = ruler()
    assert votes_of(nlp) is None
    gold = [to_gold(row, "gold.jsonl:1", None) for row in papers(2)]
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_mentions")
    assert best_trial(nlp, gold, 2, 0.1, None).votes is None
