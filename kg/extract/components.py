"""Every component of the shipped pipeline, in order; importing this registers their factories."""

# ruff: noqa: F401
from kg.extract import (
    abbreviations,
    coreference,
    encoder,
    entities,
    occurrences,
    phrases,
    relations,
    results,
    roles,
    scores,
    sentences,
    tokenizer,
    types,
)

ORDER = (
    "kg_sentences", "kg_entities", "kg_abbreviations", "kg_occurrences", "kg_types", "kg_scores", "kg_coreference",
    "kg_roles", "kg_relations", "kg_phrases", "kg_results",
)  # fmt: skip
