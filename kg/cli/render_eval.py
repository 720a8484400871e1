"""Pure text for the terminal: what an evaluation found."""

from collections.abc import Iterator, Sequence
from typing import Any

from kg.cli.render import plural

Facts = dict[str, Any]
TITLES = {
    "span": "mentions, exact span and type",
    "span_relaxed": "mentions, overlapping, same type",
    "entity": "entities of a paper, same type",
    "entity_untyped": "entities of a paper, any type",
    "relation": "relations of a type",
    "relation_untyped": "relations of any type",
    "proposed": "what the paper proposes",
    "result_value": "reported numbers",
    "result_slot": "what a number is about",
}
COLUMNS = ("", "precision", "recall", "F1", "95 % of F1", "gold", "calibration error")


def render_set(facts: Facts, *, curve: bool) -> str:
    """The figures of one set as a table, how far scores can be trusted, and with ``curve`` the figures along them."""
    lines = [f"{facts['gold']}: {plural(facts['papers'], 'paper')}", "", *table(COLUMNS, list(rows(facts)))]
    if curve and facts["curve"]:
        lines += ["", *along(facts["curve"])]
    return "\n".join(lines) + "\n"


def along(curve: Sequence[Facts]) -> list[str]:
    """The figures above each score that changes them."""
    keys = [(name, figure) for name in curve[0] if name != "score" for figure in "prf"]
    lines: dict[tuple[str, ...], str] = {}
    for at in curve:
        lines.setdefault(tuple(f"{at[name][figure]:.3f}" for name, figure in keys), f"{at['score']:.2f}")
    head = ["score at least", *(f"{name} {figure.upper()}" for name, figure in keys)]
    return table(head, [[score, *cells] for cells, score in lines.items()])


def rows(facts: Facts) -> Iterator[list[str]]:
    """Each measure, and under it its types, most gold first."""
    for name, each in facts["measures"].items():
        error = facts["calibration"].get(name)
        yield [*row(TITLES[name], each), f"{error['error']:.3f}" if error else ""]
        types = facts["by_type"].get(name, {})
        for type_ in sorted(types, key=lambda type_: (-types[type_]["n"], type_)):
            yield [*row(f"  {type_}", types[type_]), ""]


def row(title: str, each: Facts) -> list[str]:
    low, high = each["ci"]["f"]
    return [title, *(f"{each[figure]:.3f}" for figure in "prf"), f"{low:.3f}-{high:.3f}", f"{each['n']:,}"]


def render_merges(facts: Facts) -> str:
    """Both rates, and the pairs that the graph has wrong."""
    lines = [
        f"right merges: {rate(facts['right'], 'pair')} that are the same",
        f"wrong merges: {rate(facts['wrong'], 'pair')} that are different",
    ]
    cells = [[each["a"], each["b"], each["should_be"], " ".join(each["entities"])] for each in facts["failures"]]
    return "\n".join([*lines, *(["", *table(("name", "name", "should be", "stands for"), cells)] if cells else [])])


def rate(share: Facts, noun: str) -> str:
    known = "none" if share["rate"] is None else f"{share['rate']:.1%}"
    return f"{known} of {plural(share['n'], noun)}"


def table(head: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table with rich, as wide as it needs; columns of numbers stand to the right."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid, columns = Table(box=box.SIMPLE_HEAD, pad_edge=False), list(zip(head, *cells, strict=True))
    for column in columns:
        is_number = all(cell[:1].isdigit() for cell in column[1:] if cell)
        grid.add_column(Text(column[0]), justify="right" if is_number else "left", no_wrap=True)
    for row in cells:
        grid.add_row(*map(Text, row))
    console = Console(width=sum(max(map(cell_len, column)) + 3 for column in columns))
    with console.capture() as capture:
        console.print(grid)
    return [line.rstrip() for line in capture.get().splitlines() if line.strip()]
