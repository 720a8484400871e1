"""The labels of public sets, and those that a user gives by name, by file or as they are written."""

from pathlib import Path

from kg.errors import InputError
from kg.evaluate.labels import OURS, Labels, parse

# Public sets, by the start of their files' names: SciERC (Luan et al. 2018), SciREX (Jain et al. 2020), SciER (Zhang et
# al. 2024), GSAP-NER (Otto et al. 2023), TDMSci (Hou et al. 2021), Dataset mention NER (Heddes et al. 2021), CrossNER
# (Liu et al. 2021). Method covers models where the set has no label for these.
KNOWN = {
    "scierc": "Method=Method/Model, Task=Task, Metric=Metric, Material=Dataset, Generic=, OtherScientificTerm=,"
    "USED-FOR=USED_FOR, HYPONYM-OF=IS_A, EVALUATE-FOR=~MEASURED_BY/~EVALUATED_ON/BENCHMARK_FOR, COMPARE=COMPARED_WITH,"
    "PART-OF=, FEATURE-OF=, CONJUNCTION=",
    "scirex_abstract": "Method=Method/Model, Task=Task, Metric=Metric, Material=Dataset",
    "scier": "Method=Method/Model, Task=Task, Dataset=Dataset, Used-For=USED_FOR, Part-Of=~USES, SubClass-Of=IS_A,"
    "Compare-With=COMPARED_WITH, Evaluated-With=EVALUATED_ON, Trained-With=TRAINED_ON, Benchmark-For=BENCHMARK_FOR,"
    "SubTask-Of=SUBTASK_OF, Synonym-Of=",
    "gsap_abstract": "Method=Method, MLModel=Model, ModelArchitecture=Model, Dataset=Dataset, Task=Task,"
    "MLModelGeneric=, DatasetGeneric=, Datasource=, URL=, ReferenceLink=",
    "tdmsci": "TASK=Task, DATASET=Dataset, METRIC=Metric",
    "dataset_ner": "Dataset=Dataset",
    "crossner_ai": "algorithm=Method/Model, task=Task, metrics=Metric, field=?, product=?, misc=?, researcher=,"
    "organisation=, conference=, university=, country=, location=, person=, programlang=",
}  # fmt: skip


def to_labels(given: str) -> Labels:
    """The labels of a known set by its name, of a file, or as they are written (see the module).

    Raises:
        InputError: something else is given, or a type is unknown.
    """
    if given in KNOWN:
        return parse(KNOWN[given])
    if "=" not in given and Path(given).is_file():
        return parse(Path(given).read_text(encoding="utf-8"))
    if "=" in given:
        return parse(given)
    raise InputError(f"No labels {given!r}: give LABEL=TYPE,…, a file of them, or one of: {', '.join(KNOWN)}.")


def labels_of(file: str) -> Labels:
    """The labels of a public set by the start of its file's name; the graph's own types for any other file."""
    name = file.partition(".")[0]
    return to_labels(name) if name in KNOWN else OURS
