"""The frozen records that pass between the stages; one record type per table of the graph folder.

Offsets count characters (Python code points) in ``Paper.text``; ranges are half-open ``[start, end)``.
Scores lie in [0, 1]. Dates are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` or None.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as a reader found it, before cleaning; ``source`` is ``file:line`` (or ``file#key``)."""

    title: str
    abstract: str
    source: str
    id: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    venue: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A piece of input that could not become a paper: where it stands and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A cleaned paper. ``digest`` is the hash of its normalised abstract: same digest, same paper."""

    id: str
    title: str
    abstract: str
    date: str | None
    authors: tuple[str, ...]
    venue: str | None
    url: str | None
    source: str
    digest: str

    @property
    def text(self) -> str:
        """The text that all offsets refer to: title, newline, abstract (the newline stands also without a title)."""
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed name in a paper. ``expansion`` is the long form that this very paper gives for an abbreviation,
    ``same_as`` another name that it has for the same thing.

    ``text`` is what stands there; for a part of a coordination ("100" of "CIFAR-10/100") it is the name spelt out.
    """

    paper: str
    start: int
    end: int
    text: str
    type: str
    score: float
    sentence_start: int
    sentence_end: int
    role: str | None
    expansion: str | None
    by: str
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed statement between two mentions of one paper, and the sentence that makes it."""

    paper: str
    head_start: int
    head_end: int
    type: str
    tail_start: int
    tail_end: int
    sentence_start: int
    sentence_end: int
    score: float
    by: str


@dataclass(frozen=True, slots=True)
class Result:
    """A reported number; ``subject``, ``dataset`` and ``metric`` are mention offsets of the same paper or None."""

    paper: str
    start: int
    end: int
    value: str
    number: float
    unit: str | None
    kind: str
    subject_start: int | None
    subject_end: int | None
    dataset_start: int | None
    dataset_end: int | None
    metric_start: int | None
    metric_end: int | None
    sentence_start: int
    sentence_end: int
    score: float
    by: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, under all its names. ``proposed_by`` are the papers that introduce it, oldest first."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    papers: int
    mentions: int
    first_date: str | None
    last_date: str | None
    proposed_by: tuple[str, ...]
    generic: bool


@dataclass(frozen=True, slots=True)
class Alias:
    """Why a surface form counts as a name of an entity: the rule that joined it, and in how many papers."""

    surface: str
    entity: str
    rule: str
    support: int


@dataclass(frozen=True, slots=True)
class Edge:
    """An aggregated link; ``papers`` and ``sentences`` count its evidence, ``npmi`` only for co-mentions."""

    source: str
    type: str
    target: str
    papers: int
    sentences: int
    score: float
    npmi: float | None
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of one paper behind an edge; start and end are None where the whole abstract is meant."""

    source: str
    type: str
    target: str
    paper: str
    start: int | None
    end: int | None
    score: float
    by: str
