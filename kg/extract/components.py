"""Every component of the shipped pipeline, in order; importing this registers their factories."""

from kg.extract import abbreviations, consistency, entities, relations, results, roles, sentences, tokenizer  # noqa: F401

ORDER = ("kg_sentences", "kg_entities", "kg_abbreviations", "kg_consistency", "kg_roles", "kg_relations", "kg_results")
