"""The normal form of names, and which names may be one thing."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import fold, group, key, singular, words

SAME = [
    "CIFAR-10 = CIFAR10 = CIFAR 10",
    "GPT-4 = GPT4 = gpt-4",
    "LLaMA-2 = Llama 2",
    "chain-of-thought prompting = Chain of Thought prompting",
    "graph neural network = graph neural networks = Graph Neural Networks",
    "variational autoencoder = variational auto-encoders",
    "large language model = Large Language Models",
    "F1 = F1 score = F1-scores",
    "BLEU = BLEU score",
    "BERT = BERT model = BERT models",
    "genetic algorithm = Genetic Algorithm = Genetic Algorithms",
    "Gaussian process = Gaussian Processes",
    "GP = GPs",
    "LLM = LLMs",
    "SQuAD 2.0 = SQuAD v2 = SQuAD2.0",
    "VQAv2 = VQA v2 = VQA-v2.0",
    "MobileNetV2 = MobileNet-v2",
    "Inceptionv3 = Inception v3",
    "Fréchet distance = Frechet distance",
    "β-VAE = beta-VAE = Β-VAE",
    "λ-DNC = lambda-DNC",
    "Wide & Deep = Wide and Deep",
    "R² = R2",
    "low-rank adaptation (LoRA) = Low-Rank Adaptation",
    "knowledge graph (KG) completion = knowledge graph completion",
    "text-to-image (T2I) generation = text-to-image generation",
    "k-means algorithm = K-means",
    "Penn Treebank corpus = Penn Treebank corpora",
    "confusion matrices = confusion matrix",
    "GPU = GPUs",
    "ReLU = ReLUs",
    "AI = AIs",
    "Alzheimer's disease = Alzheimer’s Disease = Alzheimer disease",
    "optimisation = optimization = Optimisations",
    "k-nearest neighbours = k-nearest neighbor",
    "generalised linear modelling = generalized linear modeling",
    "travelling salesman problem = Traveling Salesman Problem",
]
DIFFERENT = [
    "GPT-3 / GPT-4",
    "GPT-4 / GPT-4o",
    "CIFAR-10 / CIFAR-100",
    "BLEU / BLEU-4",
    "SQuAD / SQuAD 2.0",
    "SQuAD 1.1 / SQuAD 2.0",
    "WGAN / GAN",
    "LLaMA-2 (7B) chat / LLaMA-2 chat",
    "BERT / RoBERTa",
    "BERT-base / BERT-large",
    "ResNet-50 / ResNet-101",
    "LLaMA-2 7B / LLaMA-2 13B",
    "LLaMA-2 7B / LLaMA-27B",
    "ImageNet / ImageNet-C",
    "HumanEval / HumanEval+",
    "F1 / macro-F1",
    "C / C++",
    "Kernel PCA / PCA",
    "ResNet (50) / ResNet (101)",
    "Q-network / Q",
    "diffusion model / diffusion",
    "language model / language",
    "GPS / GP",
    "loss / los",
    "Conv3D / Conv 3",
    "ViT-B/16 / ViT-L/14",
    "Stable Diffusion / Stable Diffusion v1.5",
    "→ / ←",
    "U-Net / U",
    "noise / noize",
    "supervised / supervized",
    "AIS / AI",
]


@pytest.mark.parametrize("names", SAME)
def test_spellings_of_one_name_share_a_key(names: str) -> None:
    assert len({key(name) for name in names.split(" = ")}) == 1


@pytest.mark.parametrize("names", DIFFERENT)
def test_names_of_two_things_do_not(names: str) -> None:
    one, other = names.split(" / ")
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("networks", "network"),
        ("GANs", "GAN"),
        ("GPs", "GP"),
        ("categories", "category"),
        ("boxes", "box"),
        ("biases", "bias"),
    ],
)
def test_plurals(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    "word", ["loss", "analysis", "bias", "corpus", "GPS", "ATIS", "FLOPs", "physics", "is", "s", ""]
)
def test_words_that_are_no_plural(word: str) -> None:
    assert singular(word) == word


@given(st.text())
def test_every_text_has_a_key_and_white_space_around_it_does_not_matter(name: str) -> None:
    assert bool(key(name)) == bool(fold(name))
    assert key(f" {name}\n") == key(name)


# Without s and v: once joined, the end of a name may look like a plural, and capitals that say "version" are gone.
plain = st.text(sorted({*string.ascii_letters, *string.digits, *" -.+αβéл"} - {*"svSV"}), max_size=12)


@given(plain)
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


@given(st.text(string.ascii_letters + " -", max_size=12))
def test_case_and_hyphens_of_a_plain_name_do_not_matter(name: str) -> None:
    lowered = name.replace("S", "s").lower()
    assert key(lowered) == key(lowered.replace("-", " ")) == key(f"{lowered}")


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(["GPT-{}", "CIFAR {}", "Llama {}B", "v{}", "{}D CNN"]))
def test_numbers_always_tell_names_apart(one: int, other: int, name: str) -> None:
    assert (key(name.format(one)) == key(name.format(other))) == (one == other)


def test_words_keep_numbers_apart() -> None:
    assert words("LLaMA-2 7B v1.0") == ["LLaMA", "2", "-7B", "1"]


def test_group_gives_a_short_form_the_key_of_its_long_form() -> None:
    names = [("LoRA", "low-rank adaptation", None), ("low-rank adaptations", None, None), ("LoRA", None, None)]
    assert group([*names, ("BERT", None, None)]) == ["lowrankadaptation"] * 3 + ["bert"]


def test_group_follows_another_name_to_where_that_one_leads() -> None:
    names = [("LoRA", "low-rank adaptation", None), ("low-rank updates", None, "LoRA"), ("DoRA", None, None)]
    assert group(names) == ["lowrankadaptation", "lowrankadaptation", "dora"]
