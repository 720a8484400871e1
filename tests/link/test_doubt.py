"""What papers say that the graph does not: claims in doubt, and descent of what is no particular thing."""

from kg.link import link
from kg.link.doubt import BROAD, DOUBTED, LONE, RATHER
from kg.records import Relation
from kg.store.tables import to_table
from tests.link.make import paper, relation, rows, tables

TEXT = (
    "[Model* Kelp] and [Model Reef] on [Dataset MS Reef] for [Task tides] with [Model foundation model], "
    "[Method tidal context mixing], [Method state space model], [Model KelpNet] and [Method Salt Mixing]."
)


def found(*said: tuple[str, str, str, float], papers: int = 1) -> tuple[set[tuple[str, str, str]], dict[str, str]]:
    """The claims of the graph, and why others are left out of it (by their type)."""
    texts = [paper(f"p{n}", TEXT) for n in range(papers)]
    relations = [relation(mentions, row.id, *words) for row, mentions in texts for words in said]
    graph = link(**{**tables(*texts), "relations": to_table(Relation, relations)})
    links = set(rows(graph["edges"], "source", "type", "target"))
    assert set(rows(graph["evidence"], "source", "type", "target")) == links
    claims = {link for link in links if link[1] in {kind for _, kind, _, _ in said}}
    return claims, dict(rows(graph["left_out"], "type", "reason"))


def test_a_claim_of_lineage_or_of_a_test_needs_some_belief() -> None:
    said = ("Kelp", "BASED_ON", "Reef", 0.47), ("Kelp", "EVALUATED_ON", "MS Reef", 0.49)
    assert found(*said) == (set(), {"BASED_ON": DOUBTED, "EVALUATED_ON": DOUBTED})
    claims, gone = found(("KelpNet", "BASED_ON", "Kelp", 0.5), ("Kelp", "EVALUATED_ON", "MS Reef", 0.5))
    assert (len(claims), gone) == (2, {})


def test_descent_that_the_name_does_not_speak_of_needs_more() -> None:
    assert found(("Kelp", "BASED_ON", "Reef", 0.64)) == (set(), {"BASED_ON": DOUBTED})
    assert len(found(("Kelp", "BASED_ON", "Reef", 0.65))[0]) == 1


def test_papers_that_agree_lift_a_claim_over_the_floor() -> None:
    assert found(("Kelp", "BASED_ON", "Reef", 0.45), papers=2) == ({("system:kelp", "BASED_ON", "system:reef")}, {})


def test_claims_of_other_types_are_taken_as_they_are() -> None:
    claims, gone = found(("Kelp", "USED_FOR", "tides", 0.1), ("Kelp", "IS_A", "Reef", 0.1))
    assert (len(claims), gone) == (2, {})


def test_a_generic_entity_is_based_on_nothing_and_nothing_on_it() -> None:
    for claim in (("foundation model", "BASED_ON", "Reef", 0.9), ("Kelp", "BASED_ON", "foundation model", 0.9)):
        assert found(claim) == (set(), {"BASED_ON": BROAD})


def test_nothing_descends_from_what_its_own_paper_alone_describes() -> None:
    mixing = ("Kelp", "BASED_ON", "tidal context mixing", 0.8)
    assert found(mixing) == (set(), {"BASED_ON": LONE})
    assert found(mixing, papers=2)[1] == {}
    assert found((*mixing[:3], 0.9))[1] == {}  # "Kelp extends tidal context mixing"


def test_what_is_listed_or_looks_like_a_name_has_descendants() -> None:
    claims, gone = found(("Kelp", "BASED_ON", "state space model", 0.8), ("Kelp", "BASED_ON", "Salt Mixing", 0.8))
    assert (len(claims), gone) == (2, {})


def test_what_is_rather_used_or_of_a_kind_is_no_descent() -> None:
    claims, gone = found(("Kelp", "BASED_ON", "Reef", 0.7), ("Kelp", "USES", "Reef", 0.66))
    assert claims == {("system:kelp", "USES", "system:reef")}
    assert gone == {"BASED_ON": RATHER}
    claims, gone = found(("Kelp", "BASED_ON", "Reef", 0.7), ("Kelp", "USES", "Reef", 0.6))
    assert (len(claims), gone) == (2, {})
    claims, gone = found(("Kelp", "BASED_ON", "Reef", 0.7), ("Kelp", "IS_A", "Reef", 0.79))
    assert (len(claims), gone) == (2, {})


def test_a_claim_in_doubt_closes_no_circle() -> None:
    claims, gone = found(("Kelp", "BASED_ON", "Reef", 0.4), ("Reef", "IS_A", "Kelp", 0.3))
    assert claims == {("system:reef", "IS_A", "system:kelp")}
    assert gone == {"BASED_ON": DOUBTED}


def test_what_is_left_out_has_its_numbers() -> None:
    row, mentions = paper("p", TEXT, "2020")
    graph = link(
        **{
            **tables((row, mentions)),
            "relations": to_table(Relation, [relation(mentions, "p", "Kelp", "BASED_ON", "Reef", 0.4)]),
        }
    )
    (left,) = graph["left_out"].to_pylist()
    assert (left["papers"], left["score"], left["first_date"], left["reason"]) == (1, 0.4, "2020", DOUBTED)
