"""Every component of the shipped pipeline, in order; importing this registers their factories."""

from kg.extract import abbreviations, entities, phrases, relations, results, roles, scores, sentences, tokenizer, types  # noqa: F401

ORDER = (
    "kg_sentences", "kg_entities", "kg_abbreviations", "kg_types", "kg_scores", "kg_roles", "kg_relations",
    "kg_phrases", "kg_results",
)  # fmt: skip
