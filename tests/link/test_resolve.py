"""Which entity a mention means."""

from kg.link import link
from tests.link.make import paper, rows, tables


def entities(*texts: str) -> dict[str, set[str]]:
    """Entity -> its names, of papers with these marked texts."""
    graph = link(**tables(*(paper(f"p{number:02}", text) for number, text in enumerate(texts))))
    found = rows(graph["entities"], "id", "name", "aliases")
    return {name: {first, *others} for name, first, others in found}  # type: ignore[misc, has-type]


def rules(*texts: str) -> set[tuple[object, ...]]:
    graph = link(**tables(*(paper(f"p{number:02}", text) for number, text in enumerate(texts))))
    return set(rows(graph["aliases"], "surface", "entity", "rule", "support"))


def test_spellings_of_one_name_are_one_entity() -> None:
    assert entities("[Dataset CIFAR-10] and [Dataset CIFAR10]. [Dataset CIFAR-100].") == {
        "dataset:cifar10": {"CIFAR-10", "CIFAR10"},
        "dataset:cifar100": {"CIFAR-100"},
    }


def test_an_abbreviation_means_what_its_paper_says() -> None:
    found = entities(
        "[Model SAM|segment anything model] cuts. [Model SAM|segment anything model] again.",
        "[Method SAM|sharpness-aware minimization] trains. The [Method sharpness-aware minimization] helps.",
    )
    assert found["system:segmentanythingmodel"] == {"SAM", "segment anything model"}
    assert found["system:sharpnessawareminimization"] == {"SAM", "sharpness-aware minimization"}


def test_without_a_definition_the_corpus_decides_by_two_thirds() -> None:
    defining = ["[Method RAP|rapid answer paging] helps."] * 2 + ["[Method RAP|regular annotation play] helps."]
    assert ("RAP", "system:rapidanswerpaging", "abbreviation by corpus majority", 1) in rules(
        *defining, "We use [Method RAP]."
    )
    assert "system:rap" in entities(*defining, defining[-1], "We use [Method RAP].")


def test_a_rare_definition_of_a_name_that_all_use_decides_nothing() -> None:
    users, long = ["On [Dataset REEF]."] * 18, "[Dataset rare eels and fish]."
    defining = ["[Dataset REEF|rare eels and fish].", long]
    assert "dataset:reef" not in entities(*defining, *users)
    assert "dataset:reef" in entities(*defining, *users, *users)


def test_one_definition_decides_only_what_others_call_by_its_long_form_and_its_paper_did_not_coin() -> None:
    one, user, long = "[Model REEF|rare eels and fish].", "By [Model REEF].", "By [Model rare eels and fish]."
    assert "system:reef" in entities(one, user)
    assert "system:reef" not in entities(one, user, long)
    assert "system:reef" in entities(one.replace("Model", "Model*"), user, long)


def test_what_a_paper_coins_without_a_definition_is_its_own() -> None:
    defining = ["[Model REEF|rare eels and fish]."] * 2
    assert "system:reef" in entities(*defining, "We give [Model* REEF].")
    assert "system:reef" not in entities(*defining * 5, "We give [Model* REEF].")


def test_the_corpus_says_nothing_of_names_that_do_not_look_like_abbreviations() -> None:
    defining = ["[Model REEF|rare eels and fish].", "[Model RE|rare eels]."] * 2
    found = entities(*defining, "By [Model reef], [Model R_E] and [Model Reef].")
    assert (found["system:reef"], found["system:re"]) == ({"reef", "Reef"}, {"R_E"})


def test_a_capital_and_a_count_are_an_abbreviation() -> None:
    defining = ["[Model K4|kelp kind key knot]."] * 2
    assert set(entities(*defining, "By [Model K4].")) == {"system:kelpkindkeyknot"}


def test_a_long_form_is_what_the_letters_stand_for() -> None:
    (found,) = entities(
        "By [Model KTM|offline kelp tide machines].", "By [Model KTM|new Kelp Tide Machine networks]."
    ).values()
    assert found == {"KTM", "kelp tide machines", "Kelp Tide Machine"}


def test_what_another_group_says_does_not_count() -> None:
    found = entities("[Metric MAE|mean absolute error] falls.", "[Model MAE|masked autoencoder] learns. [Dataset MAE].")
    assert set(found) == {"metric:meanabsoluteerror", "system:maskedautoencoder", "dataset:mae"}


def test_a_key_with_several_long_forms_does_not_join_them() -> None:
    longs = ["latent dirichlet allocation", "linear discriminant analysis", "local density approximation"]
    found = entities(*(f"[Method LDA|{long}]. [Method {long}]." for long in longs))
    assert {"LDA", longs[0]} <= found["system:latentdirichletallocation"]
    assert all(len(names & set(longs)) == 1 for names in found.values())


def test_long_forms_that_are_short_forms_elsewhere_make_no_chain() -> None:
    longer = "[Model Mean LB|mean long bar] and [Model mean long bar]."
    found = entities("[Model MLB|Mean LB] and [Model Mean LB].", longer, longer)
    assert found["system:meanlb"] == {"MLB", "Mean LB"}
    assert found["system:meanlongbar"] == {"Mean LB", "mean long bar"}


def test_a_chain_within_a_paper_is_cut_at_its_first_step() -> None:
    assert entities("[Model MLB|Mean LB], [Model Mean LB|mean long bar].") == {"system:meanlb": {"MLB", "Mean LB"}}


def test_a_long_form_that_is_another_thing_joins_nothing() -> None:
    pairs = [
        ("GPT-3", "generative pre-trained transformer"), ("F1", "macro F1"), ("RL", "offline RL"),
        ("Kelp Vision", "KV"),
    ]  # fmt: skip
    found = entities(*(f"[Model {short}|{long}]. [Model {long}]." for short, long in pairs))
    assert all(len(names) == 1 for names in found.values())


def test_method_and_model_compete_for_a_name_and_other_types_do_not() -> None:
    text = "[Method Kelp] and [Method Kelp]. [Model Kelp] or [Dataset Kelp]."
    graph = link(**tables(paper("p", text), paper("q", "[Method Mamba]. [Model Mamba].")))
    assert rows(graph["entities"], "id", "type") == [
        ("dataset:kelp", "Dataset"),
        ("system:kelp", "Method"),
        ("system:mamba", "Model"),
    ]


def test_the_long_form_is_a_name_though_it_is_no_mention() -> None:
    assert rules("[Metric WER|word error rate] falls.") == {
        ("word error rate", "metric:worderrorrate", "same name", 1),
        ("WER", "metric:worderrorrate", "abbreviation in its paper", 1),
    }


def test_variants_of_the_commonest_spelling_are_told_apart_from_it() -> None:
    assert rules("[Model ResNet-50].", "[Model ResNet-50].", "[Model resnet50].") == {
        ("ResNet-50", "system:resnet50", "same name", 2),
        ("resnet50", "system:resnet50", "normal form", 1),
    }


def test_mentions_of_unknown_papers_and_blank_names_are_left_out() -> None:
    found = tables(paper("p", "[Model BERT]."), paper("q", "[Model GPT]. [Model  ]."))
    graph = link(**found | {"papers": found["papers"].slice(0, 1)})
    assert rows(graph["entities"], "id") == [("system:bert",)]


HOSTILE = [
    "'; DROP TABLE entities; --",
    "a\nb\0c",
    "😀",
    "→",
    "}) DETACH DELETE n //",
    "x" * 10_000,
    "y" * 10_000 + "z",
]


def test_hostile_names_are_names_like_others() -> None:
    found = tables(*(paper(f"p{n}", "[Model NAME].") for n in range(len(HOSTILE))))
    names = found["mentions"].schema.get_field_index("text")
    graph = link(**found | {"mentions": found["mentions"].set_column(names, "text", [HOSTILE])})
    assert set(graph["entities"]["name"].to_pylist()) == set(HOSTILE)
    assert all(len(name) < 100 and name.isprintable() for name in graph["entities"]["id"].to_pylist())


def test_a_listed_acronym_is_of_its_type_where_no_paper_says_so() -> None:
    assert entities("On [Dataset LoRA].") == {"system:lowrankadaptation": {"LoRA"}}
    assert entities("On [Dataset LoRA|lots of raw audio].") == {"dataset:lotofrawaudio": {"LoRA", "lots of raw audio"}}
