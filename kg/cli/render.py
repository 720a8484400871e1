"""Pure text for the terminal: what the commands print."""

import csv
import io
import json
import shutil
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

Row = dict[str, Any]
OTHERS = 5
ARROWS = {"out": "→", "in": "←"}


def width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def render_info(facts: Row) -> str:
    """Counts by type side by side, then dates and versions."""
    lines = [f"{facts['folder']}: papers from {facts['first_date'] or '?'} to {facts['last_date'] or '?'}", ""]
    for title in ("nodes", "edges"):
        lines += [title, *(f"  {name:<18} {number:>9,}" for name, number in facts[title].items())]
    model = facts["model"]
    lines += ["", f"{facts['mentions']:,} mentions, {facts['rejected']:,} records set aside"]
    lines += [f"model {model['name']} {model['version']} ({model['digest']}), kg {facts['kg']}, spaCy {facts['spacy']}"]
    return "\n".join(lines)


def render_entity(entity: Row) -> str:
    """An entity as a page of text: head, aliases, then its edges by type."""
    span = years(entity["first_date"], entity["last_date"])
    lines = [f"{entity['name']}  ({kind(entity)}; {plural(entity['papers'], 'paper')}, {span})"]
    others = [alias["surface"] for alias in entity["aliases"]]
    others = [surface for surface in dict.fromkeys(others) if surface != entity["name"]]
    if others:
        lines += fold(f"also called {', '.join(others[:12])}" + (" …" if len(others) > 12 else ""), "  ")
    for paper in entity["proposed_by"][:3]:
        lines += fold(f"introduced by {paper['title'] or paper['paper']} ({paper['date'] or 'no date'})", "  ")
    for type, edges in entity["edges"].items():
        if type == "PROPOSES":
            continue  # said above
        lines += ["", type]
        for edge, following in zip_longest(edges, edges[1:]):
            said_below = following is not None and following["evidence"] == edge["evidence"]
            lines += edge_lines(edge, type, quoted=type != "CO_MENTIONED_WITH" and not said_below)
        lines += more_lines(entity["more"].get(type, 0), "  ", "--limit 0")
    lines += [""] if entity["also"] else []
    for other in entity["also"][:OTHERS]:
        lines += [f"The name could also mean {other['name']} ({other['type']}): kg show {other['id']}"]
    lines += more_lines(len(entity["also"]) - OTHERS, "", f"kg resolve {entity['name']!r} --json")
    return "\n".join(lines)


def edge_lines(edge: Row, type: str, *, quoted: bool) -> list[str]:
    """One edge: the other end with its weights, then the best sentence and its paper."""
    other = edge["other"]
    arrow = "–" if type == "CO_MENTIONED_WITH" else ARROWS[edge["direction"]]
    lines = [f"  {arrow} {other['name']}  ({kind(other)}; {weights(edge)})"]
    return lines + quote_lines(edge["evidence"], "      ") if quoted else lines


def kind(node: Row) -> str:
    return f"{node['type']}, generic" if node["generic"] else str(node["type"])


def weights(edge: Row) -> str:
    """How well an edge is supported, and whether its opposite is said too."""
    weight = f"NPMI {edge['npmi']:.2f}" if edge.get("npmi") is not None else f"score {edge['score']:.2f}"
    disputed = "; the opposite is said too" if edge.get("disputed") else ""
    return f"{plural(edge['papers'], 'paper')}, {weight}{disputed}"


def years(first: str | None, last: str | None) -> str:
    """From when to when; dates may be mere years."""
    begin, end = (first or "?")[:4], (last or "?")[:4]
    return begin if begin == end else f"{begin}-{end}"


def quote_lines(evidence: Sequence[Row], indent: str) -> list[str]:
    """The sentences with their papers."""
    lines = []
    for item in evidence:
        quote = f"“{' '.join(item['sentence'].split())}” – " if item["sentence"] else "in "
        lines += fold(f"{quote}{item['title'] or item['paper']}, {item['date'] or 'no date'}", indent)
    return lines


def more_lines(number: int, indent: str, option: str) -> list[str]:
    """That a list goes on, and how to see the rest."""
    return [f"{indent}… {number:,} more: {option}"] if number > 0 else []


# Title, list, the edge types that belong under it.
SIDES = (
    ("builds on", "ancestors", ("BASED_ON", "IS_A")),
    ("uses", "ancestors", ("USES",)),
    ("grew into", "descendants", ("BASED_ON", "IS_A")),
    ("is used by", "descendants", ("USES",)),
)


def render_lineage(found: Row) -> str:
    """Ancestors above, the entity, descendants below, each step with its sentence."""
    lines = [f"{found['name']}  ({found['type']}, {found['year'] or 'no year'})"]
    for title, side, types in SIDES:
        branches = [node for node in found[side] if node["via"] in types]
        more = {type: number for type, number in found[f"more_{side}"].items() if type in types}
        if branches:
            lines += ["", title, *tree_lines(branches, more, "")]
        elif "USES" not in types:
            lines += ["", f"{title}: nothing found in these papers"]
    return "\n".join(lines)


def tree_lines(branches: list[Row], more: dict[str, int], indent: str) -> list[str]:
    """The branches of one node as a drawn tree, sentences in the margin of their step."""
    lines = []
    for place, node in enumerate(branches):
        last = place == len(branches) - 1 and not more
        inner = indent + ("   " if last else "│  ")
        lines.append(f"{indent}{'└─' if last else '├─'} {node['name']}  ({step(node)})")
        margin = inner + ("│  " if node["children"] else "   ")
        lines += quote_lines(node["evidence"], margin)
        lines += tree_lines(node["children"], node["more"], inner)
    return lines + more_lines(sum(more.values()), f"{indent}└─ ", "--width 0")


def step(node: Row) -> str:
    """What a tree says of a node: type and year, how well supported, and what is odd about it."""
    parts = [f"{node['type']}, {node['year'] or 'no year'}", plural(node["papers"], "paper")]
    parts += [node["via"]] if node["via"] == "IS_A" else []
    parts += ["the opposite is said too"] if node["disputed"] else []
    parts += ["again"] if node["again"] else []
    return "; ".join(parts)


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def fold(text: str, indent: str, hanging: str | None = None) -> list[str]:
    """A paragraph as lines, indented; ``hanging`` is the indent from the second line on."""
    rest = indent if hanging is None else hanging
    return textwrap.wrap(text, width(), initial_indent=indent, subsequent_indent=rest, break_long_words=False)


def render_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], format: str) -> str:
    """Query results as an aligned table, a JSON list of objects, or CSV; always ends with a line break."""
    if format == "json":
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        return json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n"
    cells = [[cell(value) for value in row] for row in rows]
    if format == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([columns, *cells])
        return out.getvalue()
    return render_table(columns, cells)


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def render_table(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A table with rich, as wide as it needs where the output is no terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in cells:
        table.add_row(*(Text(value) for value in row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=max(80, *(sum(map(len, row)) + 3 * len(row) + 2 for row in [columns, *cells])))
    with console.capture() as capture:
        console.print(table)
    lines = [line.rstrip() for line in capture.get().splitlines() if line.strip()]
    return "\n".join([*lines, f"({plural(len(cells), 'row')})"]) + "\n"
