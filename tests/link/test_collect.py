"""What is said of an entity: its name, dates, proposers."""

from kg.link import link
from kg.records import Entity
from kg.store.tables import from_table
from tests.link.make import paper, tables


def entity(*texts: str, dates: tuple[str | None, ...] = ()) -> Entity:
    """The only entity that these papers name."""
    days = [*dates, *[None] * (len(texts) - len(dates))]
    papers = [paper(f"p{n}", text, date) for n, (text, date) in enumerate(zip(texts, days, strict=True))]
    (found,) = from_table(Entity, link(**tables(*papers))["entities"])
    return found


def test_the_name_is_what_most_papers_use() -> None:
    found = entity(
        "[Model ViT|vision transformer].", "[Model ViTs|Vision Transformer].", "[Model ViT].", "[Model vit]."
    )
    assert found.name == "ViT"
    assert found.aliases == ("ViTs", "vit", "Vision Transformer", "vision transformer")


def test_a_proper_name_beats_its_lower_case_when_both_are_common() -> None:
    assert entity(*["[Model transformer]."] * 3, *["[Model Transformer]."] * 2).name == "Transformer"
    assert entity(*["[Model transformer]."] * 3, "[Model Transformer].").name == "transformer"


def test_capitals_of_a_title_do_not_make_a_proper_name() -> None:
    found = entity("[Method Contrastive Learning].", "[Method contrastive learning].", "[Method contrastive learning].")
    assert found.name == "contrastive learning"


def test_among_names_of_as_many_papers_more_mentions_then_length_then_alphabet_decide() -> None:
    assert entity("[Dataset CIFAR10] [Dataset CIFAR10] [Dataset CIFAR-10].").name == "CIFAR10"
    assert entity("[Dataset CIFAR10] [Dataset CIFAR-10].").name == "CIFAR-10"
    assert entity("[Dataset CIFAR_10] [Dataset CIFAR-10].").name == "CIFAR-10"


def test_papers_and_mentions_are_counted() -> None:
    found = entity("[Model BERT] and [Model BERT].", "[Model BERT].")
    assert (found.papers, found.mentions) == (2, 3)


def test_dates_are_the_first_and_the_last_and_a_year_comes_before_its_months() -> None:
    found = entity(*["[Model BERT]."] * 5, dates=("2020-05", "2020", None, "2021-02-03", "2021-02"))
    assert (found.first_date, found.last_date) == ("2020", "2021-02-03")
    assert entity("[Model BERT].").first_date is None


def test_proposers_stand_oldest_first_and_undated_last() -> None:
    found = entity(
        *["[Model* BERT]. [Model* BERT]."] * 4, "[Model BERT].", dates=(None, "2019", "2018-10", "2019", "2017")
    )
    assert found.proposed_by == ("p2", "p1", "p3", "p0")


def test_generic_classes_are_marked_under_any_name() -> None:
    assert entity("[Model LLMs|Large Language Models].").generic
    assert entity("[Metric Accuracy].").generic
    assert entity("[Task Fine-Tuning].").generic
    assert entity("[Model LLM-based agents].").generic
    assert not entity("[Model Transformer].").generic
