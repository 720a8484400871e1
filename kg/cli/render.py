"""Pure text for the terminal: what the commands print."""

import csv
import io
import json
import shutil
import textwrap
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
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
    first, last = (entity["first_date"] or "?")[:4], (entity["last_date"] or "?")[:4]
    years = first if first == last else f"{first}-{last}"
    generic = ", a generic class" if entity["generic"] else ""
    papers = plural(entity["papers"], "paper")
    lines = [f"{entity['name']}  ({entity['type']}{generic}; {papers}, {years})"]
    others = [alias["surface"] for alias in entity["aliases"] if alias["surface"] != entity["name"]]
    if others:
        lines += fold(f"also called {', '.join(others[:12])}" + (" …" if len(others) > 12 else ""), "  ")
    for paper in entity["proposed_by"][:3]:
        lines += fold(f"introduced by {paper['title'] or paper['paper']} ({paper['date'] or 'no date'})", "  ")
    for kind, edges in entity["edges"].items():
        if kind == "PROPOSES":
            continue  # said above
        lines += ["", kind, *(line for edge in edges for line in edge_lines(edge, kind))]
    for other in entity["also"]:
        lines += ["", f"The name could also mean {other['name']} ({other['type']}): kg show {other['id']}"]
    return "\n".join(lines)


def edge_lines(edge: Row, kind: str) -> list[str]:
    """One edge: the other end with its weights, then the best sentence and its paper."""
    arrow = "–" if kind == "CO_MENTIONED_WITH" else ARROWS[edge["direction"]]
    weight = f"NPMI {edge['npmi']:.2f}" if edge["npmi"] is not None else f"score {edge['score']:.2f}"
    other = edge["other"]
    lines = [f"  {arrow} {other['name']}  ({other['type']}; {plural(edge['papers'], 'paper')}, {weight})"]
    for item in edge["evidence"] if kind != "CO_MENTIONED_WITH" else ():
        if item["sentence"]:
            quote = " ".join(item["sentence"].split())
            lines += fold(f"“{quote}” – {item['title'] or item['paper']}, {item['date'] or 'no date'}", "      ")
    return lines


def render_lineage(found: Row) -> str:
    """Ancestors above, the entity, descendants below, each step with its sentence."""
    lines = [f"{found['name']}  ({found['type']}, {found['year'] or 'no year'})"]
    for title, branches in (("builds on", found["ancestors"]), ("grew into", found["descendants"])):
        lines += ["", title if branches else f"{title}: nothing that a sentence of these papers says"]
        lines += tree_lines(branches, "")
    return "\n".join(lines)


def tree_lines(branches: list[Row], indent: str) -> list[str]:
    """The branches of one node as a drawn tree, sentences in the margin of their step."""
    lines = []
    for place, node in enumerate(branches):
        last = place == len(branches) - 1
        inner = indent + ("   " if last else "│  ")
        via = "" if node["via"] == "BASED_ON" else f" {node['via']}"
        lines.append(f"{indent}{'└─' if last else '├─'} {node['name']}  ({node['type']}, {node['year'] or '?'}){via}")
        margin = inner + ("│  " if node["children"] else "   ")
        for item in node["evidence"]:
            quote = " ".join((item["sentence"] or "").split())
            lines += fold(f"“{quote}” – {item['title'] or item['paper']}, {item['date'] or 'no date'}", margin)
        lines += tree_lines(node["children"], inner)
    return lines


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def fold(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, width(), initial_indent=indent, subsequent_indent=indent, break_long_words=False)


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
