"""Pure text for the terminal: what the commands of kg.cli.explore print."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.cli.render import ARROWS, OTHERS, Row, fold, kind, more_lines, plural, quote_lines, weights, width, years

if TYPE_CHECKING:
    from kg.explore.resolve import Match, Resolved

FITS = {"exact": "", "case": ", but for case", "normal form": ", in its normal form"}
KINDS = {"absolute": "{}", "gain": "gains: {}", "factor": "factors: {}"}
TYPES = ("Dataset", "Task", "Metric", "Method", "Model")
USUAL = {"Dataset": ["EVALUATED_ON"], "Task": ["USED_FOR"], "Metric": ["MEASURED_BY"]}
BAR = 20
SHOWN = 12


def render_resolved(found: "Sequence[Resolved]") -> str:
    """A paragraph for each name: the entity, why, what else it could be; or the nearest names."""
    return "\n\n".join("\n".join(resolved_lines(one)) for one in found)


def resolved_lines(one: "Resolved") -> list[str]:
    if one.entity is None:
        near = f"Did you mean {', '.join(map(repr, one.near))}?" if one.near else "Nothing in this graph comes near it."
        return fold(f"{one.name}: no entity is called so. {near}", "", "  ")
    lines = [*fold(f"{one.name}: {match_line(one.entity)}", "", "  "), *reason_lines(one.entity)]
    for other in one.others[:OTHERS]:
        lines += [*fold(f"could also mean {match_line(other)}", "  ", "    "), *reason_lines(other)]
    return lines + more_lines(len(one.others) - OTHERS, "  ", "--json")


def match_line(match: "Match") -> str:
    generic = ", generic" if match.generic else ""
    return f"{match.name}  ({match.type}{generic}; {plural(match.papers, 'paper')}; {match.id})"


def reason_lines(match: "Match") -> list[str]:
    """Why: the surface forms that the name fits, with support and rule."""
    if match.fit == "id":
        return ["    its id"]
    told = [f"“{r.surface}”{FITS[match.fit]}: {plural(r.support, 'paper')}, {r.rule}" for r in match.reasons]
    return [line for text in told for line in fold(text, "    ", "      ")]


def render_neighbors(found: Row) -> str:
    """The neighbours by edge type, a line each."""
    lines = [f"{found['name']}  ({found['type']}; {found['id']})"]
    size = min(max((len(row["other"]["name"]) for row in found["neighbors"]), default=0), width() - 46, 40)
    for type, edges in groupby(found["neighbors"], key=lambda row: row["type"]):
        lines += ["", type]
        for row in edges:
            arrow = "–" if type == "CO_MENTIONED_WITH" else ARROWS[row["direction"]]
            text = f"{arrow} {row['other']['name']:<{size}}  {kind(row['other'])}; {weights(row)}"
            lines += fold(f"{text}, {years(row['first_date'], row['last_date'])}", "  ", "      ")
        lines += more_lines(found["more"].get(type, 0), "  ", "--limit 0")
    return "\n".join(lines if found["neighbors"] else [*lines, "", "No such neighbour."])


def render_path(found: Row, steps: int) -> str:
    """The ways, each as a column of steps with their sentences."""
    start, goal = found["start"]["name"], found["goal"]["name"]
    if found["start"] == found["goal"]:
        return f"Both names mean {start}  ({found['start']['type']}; {found['start']['id']})."
    if not found["paths"]:
        return f"No way of at most {plural(steps, 'step')} leads from {start} to {goal}."
    lines = []
    for way in found["paths"]:
        lines += ["", f"{start}  ({found['start']['type']})", *(line for edge in way for line in step_lines(edge))]
    return "\n".join(lines[1:])


def step_lines(edge: Row) -> list[str]:
    far, out = edge["far"], edge["source"] == edge["near"]["id"]
    arrow = "–" if edge["type"] == "CO_MENTIONED_WITH" else ARROWS["out" if out else "in"]
    line = f"  {arrow} {edge['type']} {arrow} {far['name']}  ({far['type']}; {weights(edge)})"
    return [line, *quote_lines(edge["evidence"], "      ")]


def render_leaderboard(found: Row, limit: int | None) -> str:
    """The numbers by kind and metric, each with its sentence."""
    numbers = [row for sort in KINDS for row in found[sort]]
    papers = plural(len({row["paper"] for row in numbers}), "paper")
    in_metric = f" in {found['metric']}" if found["metric"] else ""
    count = f"{plural(len(numbers), 'number')}{in_metric} from {papers}" if numbers else f"no number{in_metric}"
    lines = [f"{found['name']}  ({found['type']}): {count}"]
    for (sort, metric, unit, better), group in groupby(numbers, key=itemgetter("kind", "metric", "unit", "better")):
        rows = list(group)
        best = f"{better} is better" if sort == "absolute" else "greater is better"
        lines += ["", f"{KINDS[sort].format(metric or 'no metric named')}  ({unit + '; ' if unit else ''}{best})"]
        lines += [line for numbers in one_sentence(rows[:limit]) for line in number_lines(numbers)]
        lines += more_lines(len(rows[limit or len(rows) :]), "  ", "--limit 0")
    return "\n".join(lines)


def one_sentence(rows: Sequence[Row]) -> list[list[Row]]:
    """Numbers that follow each other and stand in one sentence, together."""
    return [list(group) for _, group in groupby(rows, key=lambda row: (row["paper"], row["start"]))]


def number_lines(rows: Sequence[Row]) -> list[str]:
    return [*(f"  {amount(row)}  {row['model'] or 'no model named'}" for row in rows), *quote_lines(rows[:1], "      ")]


def amount(row: Row) -> str:
    """The value with its unit, which it may have written at its end."""
    unit = row["unit"] or ""
    return row["value"] if row["value"].endswith(unit) else f"{row['value']} {unit}"


def render_timeline(found: Row) -> str:
    """A bar for each year, with the papers that name it and what they name besides."""
    lines = [f"{found['name']}  ({found['type']}; {plural(found['papers'], 'paper')}; {found['id']})"]
    for title in ("first", "last"):
        if paper := found[title]:
            lines += fold(f"{title} named by {paper['title'] or paper['paper']} ({paper['date']})", "  ", "    ")
    most = max((row["papers"] for row in found["years"]), default=0)
    for row in found["years"]:
        bar = "█" * max(round(BAR * row["papers"] / most), row["papers"] > 0)
        share = f"{row['papers']:,} of {plural(row['of'], 'paper')} ({row['share']:.1%})"
        introduces = f", {row['proposing']:,} introducing it" if row["proposing"] else ""
        lines += ["", f"{row['year'] or 'no date'}  {bar:<{BAR}}  {share}{introduces}"]
        beside = ", ".join(f"{other['name']} ({other['papers']:,})" for other in row["beside"])
        lines += fold(f"with {beside}", "      ") if beside else []
    return "\n".join(lines)


def render_comparison(found: Row) -> str:
    """Heads, what is said of the two, then by type what they share and what each has alone."""
    one, other = found["one"], found["other"]
    lines = []
    for end in (one, other):
        span = years(end["first_date"], end["last_date"])
        lines += [f"{end['name']}  ({end['type']}; {plural(end['papers'], 'paper')}, {span})"]
    lines += [f"{plural(found['papers'], 'paper')} name both" if found["papers"] != 1 else "1 paper names both"]
    names = {end["id"]: end["name"] for end in (one, other)}
    lines += ["", "said of the two"] if found["between"] else []
    for edge in found["between"]:
        lines += [f"  {names[edge['source']]} {edge['type']} {names[edge['target']]}  ({weights(edge)})"]
        lines += quote_lines(edge["evidence"], "      ")
    for type in TYPES:
        sides = (
            ("both", found["shared"]),
            (f"only {one['name']}", one["own"]),
            (f"only {other['name']}", other["own"]),
        )
        told = [line for title, nodes in sides for line in side_lines(title, nodes.get(type, ()), type)]
        lines += ["", type, *told] if told else []
    return "\n".join(lines)


def side_lines(title: str, nodes: Sequence[Row], type: str) -> list[str]:
    """What is on one side, with the types of edges where they are not the usual ones."""
    names = [
        node["name"] if node["edges"] == USUAL.get(type) else f"{node['name']} ({', '.join(node['edges'])})"
        for node in nodes
    ]
    text = ", ".join(names[:SHOWN]) + (f" … {len(names) - SHOWN:,} more: --json" if len(names) > SHOWN else "")
    return fold(f"{title}: {text}", "  ", "    ") if names else []
