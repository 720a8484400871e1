"""A small hand-written graph for the tests: low-rank adaptation and its line, with true dates and facts."""

import re
from itertools import combinations

import pyarrow as pa

from kg.records import Alias, Edge, Entity, Evidence, Mention, Paper, Relation, Result
from kg.store.tables import TABLES, to_table

PAPERS = {
    "1902.00751": ("Parameter-Efficient Transfer Learning for NLP", "2019-02-02", [
        "Adapters are small bottleneck layers put between the frozen layers of BERT.",
        "On GLUE they come within half a point of full fine-tuning while training under four percent of the weights.",
    ]),
    "2012.13255": ("Intrinsic Dimensionality Explains the Effectiveness of Language Model Fine-Tuning", "2020-12-22", [
        "Fine-tuning RoBERTa needs surprisingly few free directions: its intrinsic dimension is low.",
    ]),
    "2101.00190": ("Prefix-Tuning: Optimizing Continuous Prompts for Generation", "2021-01-01", [
        "Prefix-Tuning leaves GPT-2 as it is and learns a short prefix for natural language generation.",
        "We test it on the E2E benchmark.",
    ]),
    "2106.09685": ("LoRA: Low-Rank Adaptation of Large Language Models", "2021-06-17", [
        "We propose LoRA, which freezes a model and trains a low-rank update of each weight matrix.",
        "LoRA builds on the finding that the intrinsic dimension of the update is small.",
        "For GPT-3 it trains 10,000 times fewer parameters, and unlike Adapters it adds no delay at inference.",
        "With RoBERTa and DeBERTa on GLUE, LoRA matches or beats Adapters and Prefix-Tuning in accuracy.",
        "On the E2E benchmark it reaches a higher BLEU with GPT-2.",
    ]),
    "2208.07339": ("LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale", "2022-08-15", [
        "LLM.int8() runs OPT with 8-bit weights and loses no perplexity.",
    ]),
    "2303.10512": ("AdaLoRA: Adaptive Budget Allocation for Parameter-Efficient Fine-Tuning", "2023-03-18", [
        "AdaLoRA extends LoRA: it writes each update as an SVD and prunes unimportant singular values.",
        "Experiments with DeBERTa on GLUE and SQuAD show gains over LoRA at small budgets.",
    ]),
    "2305.14314": ("QLoRA: Efficient Finetuning of Quantized LLMs", "2023-05-23", [
        "QLoRA trains LoRA weights on top of a model quantised to 4-bit NormalFloat.",
        "Guanaco is LLaMA tuned with QLoRA on OASST1 for instruction following.",
        "Guanaco reaches 99.3% of ChatGPT on the Vicuna benchmark after one day on a single card.",
        "On MMLU, 4-bit NormalFloat keeps the accuracy of 16-bit fine-tuning.",
    ]),
    "2309.12307": ("LongLoRA: Efficient Fine-tuning of Long-Context Large Language Models", "2023-09-21", [
        "LongLoRA joins LoRA with shifted sparse attention to give LLaMA a longer context.",
        "Perplexity on PG-19 stays low up to 100,000 tokens.",
    ]),
    "2309.14717": ("QA-LoRA: Quantization-Aware Low-Rank Adaptation of Large Language Models", "2023-09-26", [
        "QA-LoRA adapts LoRA so that the merged LLaMA stays quantised, which QLoRA cannot do.",
        "It beats QLoRA in accuracy on MMLU.",
    ]),
    "2310.08659": ("LoftQ: LoRA-Fine-Tuning-Aware Quantization for Large Language Models", "2023-10-12", [
        "LoftQ finds a quantised backbone and a LoRA start by SVD together.",
        "It outperforms QLoRA on GLUE and in perplexity, most of all at 2 bits.",
    ]),
    "2310.11454": ("VeRA: Vector-based Random Matrix Adaptation", "2023-10-17", [
        "VeRA is a variant of LoRA that shares two frozen random matrices and learns only scaling vectors.",
        "With RoBERTa on GLUE and GPT-2 on the E2E benchmark it needs ten times fewer weights than LoRA.",
    ]),
    "2402.09353": ("DoRA: Weight-Decomposed Low-Rank Adaptation", "2024-02-14", [
        "DoRA splits a weight into magnitude and direction by weight decomposition and uses LoRA for the direction.",
        "It outperforms LoRA with LLaMA on commonsense reasoning and visual instruction tuning.",
    ]),
    "2402.12354": ("LoRA+: Efficient Low Rank Adaptation of Large Models", "2024-02-19", [
        "LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.",
    ]),
}  # fmt: skip
# Name -> type, other names; the papers that propose it follow from PROPOSED.
ENTITIES = {
    "LoRA": ("Method", ["Low-Rank Adaptation"]), "Adapters": ("Method", []), "Prefix-Tuning": ("Method", []),
    "intrinsic dimension": ("Method", []), "AdaLoRA": ("Method", []), "QLoRA": ("Method", []),
    "QA-LoRA": ("Method", []), "LongLoRA": ("Method", []), "LoftQ": ("Method", []), "VeRA": ("Method", []),
    "DoRA": ("Method", []), "LoRA+": ("Method", []), "LLM.int8()": ("Method", []), "SVD": ("Method", []),
    "4-bit NormalFloat": ("Method", ["NF4"]), "shifted sparse attention": ("Method", []),
    "weight decomposition": ("Method", []), "GPT-3": ("Model", []), "GPT-2": ("Model", []), "BERT": ("Model", []),
    "RoBERTa": ("Model", []), "DeBERTa": ("Model", []), "LLaMA": ("Model", []), "OPT": ("Model", []),
    "Guanaco": ("Model", []), "ChatGPT": ("Model", []), "GLUE": ("Dataset", []), "SQuAD": ("Dataset", []),
    "E2E benchmark": ("Dataset", []), "MMLU": ("Dataset", []), "OASST1": ("Dataset", []), "PG-19": ("Dataset", []),
    "Vicuna benchmark": ("Dataset", []), "accuracy": ("Metric", []), "BLEU": ("Metric", []),
    "perplexity": ("Metric", ["Perplexity"]), "fine-tuning": ("Task", ["Fine-tuning"]),
    "natural language generation": ("Task", []), "instruction following": ("Task", []),
    "commonsense reasoning": ("Task", []), "visual instruction tuning": ("Task", []),
}  # fmt: skip
PROPOSED = {
    "1902.00751": "Adapters", "2012.13255": "intrinsic dimension", "2101.00190": "Prefix-Tuning", "2106.09685": "LoRA",
    "2208.07339": "LLM.int8()", "2303.10512": "AdaLoRA", "2305.14314": "QLoRA", "2309.12307": "LongLoRA",
    "2309.14717": "QA-LoRA", "2310.08659": "LoftQ", "2310.11454": "VeRA", "2402.09353": "DoRA", "2402.12354": "LoRA+",
}  # fmt: skip
# Paper, sentence, head, type, tail, score.
FACTS = [
    ("1902.00751", 1, "Adapters", "EVALUATED_ON", "GLUE", 0.93), ("1902.00751", 0, "Adapters", "USES", "BERT", 0.61),
    ("1902.00751", 1, "Adapters", "USED_FOR", "fine-tuning", 0.72),
    ("2101.00190", 0, "Prefix-Tuning", "USED_FOR", "natural language generation", 0.91),
    ("2101.00190", 1, "Prefix-Tuning", "EVALUATED_ON", "E2E benchmark", 0.95),
    ("2101.00190", 0, "Prefix-Tuning", "USES", "GPT-2", 0.64),
    ("2106.09685", 1, "LoRA", "BASED_ON", "intrinsic dimension", 0.9),
    ("2106.09685", 3, "LoRA", "EVALUATED_ON", "GLUE", 0.96), ("2106.09685", 3, "LoRA", "MEASURED_BY", "accuracy", 0.88),
    ("2106.09685", 3, "LoRA", "OUTPERFORMS", "Adapters", 0.84),
    ("2106.09685", 2, "LoRA", "COMPARED_WITH", "Adapters", 0.7),
    ("2106.09685", 3, "LoRA", "OUTPERFORMS", "Prefix-Tuning", 0.81),
    ("2106.09685", 4, "LoRA", "EVALUATED_ON", "E2E benchmark", 0.92),
    ("2106.09685", 4, "E2E benchmark", "MEASURED_BY", "BLEU", 0.83),
    ("2208.07339", 0, "LLM.int8()", "MEASURED_BY", "perplexity", 0.8),
    ("2208.07339", 0, "LLM.int8()", "USES", "OPT", 0.55),
    ("2303.10512", 0, "AdaLoRA", "BASED_ON", "LoRA", 0.97), ("2303.10512", 0, "AdaLoRA", "USES", "SVD", 0.9),
    ("2303.10512", 1, "AdaLoRA", "EVALUATED_ON", "GLUE", 0.95),
    ("2303.10512", 1, "AdaLoRA", "EVALUATED_ON", "SQuAD", 0.95),
    ("2303.10512", 1, "AdaLoRA", "OUTPERFORMS", "LoRA", 0.89),
    ("2305.14314", 0, "QLoRA", "BASED_ON", "LoRA", 0.96),
    ("2305.14314", 0, "QLoRA", "USES", "4-bit NormalFloat", 0.94),
    ("2305.14314", 1, "Guanaco", "BASED_ON", "LLaMA", 0.93), ("2305.14314", 1, "Guanaco", "USES", "QLoRA", 0.86),
    ("2305.14314", 1, "Guanaco", "TRAINED_ON", "OASST1", 0.94),
    ("2305.14314", 1, "Guanaco", "USED_FOR", "instruction following", 0.85),
    ("2305.14314", 2, "Guanaco", "EVALUATED_ON", "Vicuna benchmark", 0.96),
    ("2305.14314", 2, "Guanaco", "COMPARED_WITH", "ChatGPT", 0.8),
    ("2305.14314", 3, "4-bit NormalFloat", "EVALUATED_ON", "MMLU", 0.87),
    ("2309.12307", 0, "LongLoRA", "BASED_ON", "LoRA", 0.95),
    ("2309.12307", 0, "LongLoRA", "USES", "shifted sparse attention", 0.92),
    ("2309.12307", 1, "LongLoRA", "EVALUATED_ON", "PG-19", 0.9),
    ("2309.14717", 0, "QA-LoRA", "BASED_ON", "LoRA", 0.95), ("2309.14717", 1, "QA-LoRA", "OUTPERFORMS", "QLoRA", 0.9),
    ("2309.14717", 1, "QA-LoRA", "EVALUATED_ON", "MMLU", 0.92),
    ("2310.08659", 0, "LoftQ", "BASED_ON", "LoRA", 0.82), ("2310.08659", 0, "LoftQ", "USES", "SVD", 0.75),
    ("2310.08659", 1, "LoftQ", "OUTPERFORMS", "QLoRA", 0.93), ("2310.08659", 1, "LoftQ", "EVALUATED_ON", "GLUE", 0.94),
    ("2310.11454", 0, "VeRA", "BASED_ON", "LoRA", 0.97), ("2310.11454", 1, "VeRA", "EVALUATED_ON", "GLUE", 0.95),
    ("2310.11454", 1, "VeRA", "EVALUATED_ON", "E2E benchmark", 0.94),
    ("2402.09353", 0, "DoRA", "BASED_ON", "LoRA", 0.93),
    ("2402.09353", 0, "DoRA", "USES", "weight decomposition", 0.9),
    ("2402.09353", 1, "DoRA", "OUTPERFORMS", "LoRA", 0.95),
    ("2402.09353", 1, "DoRA", "USED_FOR", "commonsense reasoning", 0.9),
    ("2402.09353", 1, "DoRA", "USED_FOR", "visual instruction tuning", 0.88),
    ("2402.12354", 0, "LoRA+", "BASED_ON", "LoRA", 0.97), ("2402.12354", 0, "LoRA+", "EVALUATED_ON", "MMLU", 0.85),
]  # fmt: skip
GROUPS = {"Method": "system", "Model": "system", "Dataset": "dataset", "Metric": "metric", "Task": "task"}
IDS = {name: f"{GROUPS[kind]}:{name.casefold().replace(' ', '')}" for name, (kind, _) in ENTITIES.items()}
NAMES = {surface: name for name, (_, more) in ENTITIES.items() for surface in (name, *more)}
SURFACES = re.compile("|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))))
GENERIC = {"fine-tuning", "accuracy"}


def lineage(*only: str) -> dict[str, pa.Table]:
    """All eight tables, of all papers or only some; mentions are where a name stands, co-mentions where two stand."""
    papers = only or tuple(PAPERS)
    mentions = [mention for paper in papers for mention in _mentions(paper)]
    named = sorted({NAMES[mention.text] for mention in mentions}, key=IDS.__getitem__)
    facts = [piece for piece in _claims() if piece.paper in papers]
    evidence = [*facts, *_statements(mentions), *_together(mentions)]
    evidence = list({(e.type, e.source, e.target, e.paper, e.start): e for e in evidence}.values())
    evidence.sort(key=lambda e: (e.type, e.source, e.target, e.start is None, -e.score, e.paper, e.start or 0))
    rows = {
        "papers": [_paper(paper) for paper in papers],
        "mentions": mentions,
        "relations": [Relation("2303.10512", 72, 79, "BASED_ON", 88, 92, 72, 165, 0.97, "rules")][
            : "2303.10512" in papers
        ],
        "results": [result for result in _results() if result.paper in papers],
        "entities": [_entity(name, mentions) for name in named],
        "aliases": [Alias(n, IDS[name], "same key", 2) for name in named for n in (name, *ENTITIES[name][1])],
        "edges": _edges(evidence),
        "evidence": evidence,
    }
    return {name: to_table(record, rows[name]) for name, record in TABLES.items()}


def _paper(id: str) -> Paper:
    title, date, sentences = PAPERS[id]
    url = f"https://arxiv.org/abs/{id}"
    return Paper(
        id, title, " ".join(sentences), date, (), None, url, f"lineage.txt:{list(PAPERS).index(id)}", f"digest-{id}"
    )


def _span(paper: str, number: int) -> tuple[int, int]:
    title, _, sentences = PAPERS[paper]
    start = len(title) + 1 + sum(len(sentence) + 1 for sentence in sentences[:number])
    return start, start + len(sentences[number])


def _mentions(paper: str) -> list[Mention]:
    """Every name in the sentences, the longest where several begin."""
    found = []
    for number, sentence in enumerate(PAPERS[paper][2]):
        start, end = _span(paper, number)
        for match in SURFACES.finditer(sentence):
            name, at = NAMES[match[0]], start + match.start()
            role = "proposed" if PROPOSED.get(paper) == name else None
            span = (paper, at, at + len(match[0]), match[0])
            found.append(Mention(*span, ENTITIES[name][0], 0.9, start, end, role, None, "ner"))
    return found


def _entity(name: str, mentions: list[Mention]) -> Entity:
    kind, aliases = ENTITIES[name]
    own = [mention for mention in mentions if NAMES[mention.text] == name]
    dates = sorted({PAPERS[mention.paper][1] for mention in own})
    proposed = tuple(paper for paper, proposal in PROPOSED.items() if proposal == name)
    papers = len({mention.paper for mention in own})
    return Entity(
        IDS[name], kind, name, tuple(aliases), papers, len(own), dates[0], dates[-1], proposed, name in GENERIC
    )


def _claims() -> list[Evidence]:
    return [Evidence(IDS[a], kind, IDS[b], p, *_span(p, n), score, "rules") for p, n, a, kind, b, score in FACTS]


def _statements(mentions: list[Mention]) -> list[Evidence]:
    pieces = []
    for m in mentions:
        for kind in ("MENTIONS", "PROPOSES") if m.role else ("MENTIONS",):
            pieces.append(
                Evidence(m.paper, kind, IDS[NAMES[m.text]], m.paper, m.sentence_start, m.sentence_end, m.score, m.by)
            )
    for result in _results():
        number, span = f"{result.paper}#{result.start}", (result.sentence_start, result.sentence_end, result.score)
        ends = (
            (number, "OF", IDS["Guanaco"]),
            (number, "ON", IDS["Vicuna benchmark"]),
            (result.paper, "REPORTS", number),
        )
        if any(mention.paper == result.paper for mention in mentions):
            pieces += [Evidence(*end, result.paper, *span, result.by) for end in ends]
    return pieces


def _together(mentions: list[Mention]) -> list[Evidence]:
    pieces = []
    for a, b in combinations(mentions, 2):
        source, target = sorted((IDS[NAMES[a.text]], IDS[NAMES[b.text]]))
        if a.paper == b.paper and source != target:
            near = a.sentence_start == b.sentence_start
            span = (a.sentence_start, a.sentence_end) if near else (None, None)
            pieces.append(Evidence(source, "CO_MENTIONED_WITH", target, a.paper, *span, 0.5, "co-mention"))
    return pieces


def _results() -> list[Result]:
    paper, (start, end) = "2305.14314", _span("2305.14314", 2)
    text = _paper(paper).text
    number, data = text.index("99.3"), text.index("Vicuna benchmark")
    return [
        Result(
            paper,
            number,
            number + 5,
            "99.3",
            99.3,
            "%",
            "absolute",
            start,
            start + 7,
            data,
            data + 16,
            None,
            None,
            start,
            end,
            0.8,
            "rules",
        )
    ]


def _edges(evidence: list[Evidence]) -> list[Edge]:
    grouped: dict[tuple[str, str, str], list[Evidence]] = {}
    for piece in evidence:
        grouped.setdefault((piece.type, piece.source, piece.target), []).append(piece)
    return [_edge(*key, pieces) for key, pieces in sorted(grouped.items())]


def _edge(kind: str, source: str, target: str, pieces: list[Evidence]) -> Edge:
    papers = sorted({piece.paper for piece in pieces})
    dates = sorted(PAPERS[paper][1] for paper in papers)
    npmi = round(0.2 * len(papers), 2) if kind == "CO_MENTIONED_WITH" else None
    score = max(piece.score for piece in pieces)
    return Edge(source, kind, target, len(papers), len(pieces), score, npmi, dates[0], dates[-1])


HOSTILE = (
    """<script>alert(1)</script><img src=x onerror=alert(2)> href="x" {{ 7 * 7 }} ]]> &amp; Łódź 𝄞 """
    "' \\ \\u0027 ` ; // */ \n\r\t\x00\x07\x85\u2028"
)


def hostile() -> dict[str, pa.Table]:
    """The lineage with a text that breaks out of everything in each text column that comes from papers."""
    tables = lineage()
    for name, columns in (
        ("papers", ("title", "abstract", "url", "venue")),
        ("entities", ("name",)),
        ("aliases", ("surface",)),
    ):
        for column in columns:
            table = tables[name]
            place = table.schema.get_field_index(column)
            values = pa.array([HOSTILE] * len(table))
            tables[name] = table.set_column(place, table.schema.field(place), values)
    return tables
