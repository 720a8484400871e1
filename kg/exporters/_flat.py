"""The graph with plain values only, as the XML formats need it."""

import re
from typing import Any

import networkx as nx
import orjson

from kg.errors import InputError
from kg.store.network import CARRIED, Row, Tables, to_networkx

# Everything outside the production Char of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def flat_graph(tables: Tables) -> nx.MultiDiGraph:
    """The graph with strings, numbers and booleans only; an edge has an ``id`` and its type as ``label``.

    Lists (aliases, authors, evidence, …) become JSON strings, a property without a value is left out, and characters
    that XML 1.0 forbids are taken away. Mentions and relations are not part of the graph and stay out.

    Raises:
        InputError: two ids that differ only in forbidden characters.
    """
    graph = to_networkx({name: table for name, table in tables.items() if name not in CARRIED})
    flat = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        if _clean(node) in flat:
            raise InputError(f"The id {node!r} differs from another only in characters that XML does not know.")
        flat.add_node(_clean(node), **_plain(data))
    for place, (source, target, kind, data) in enumerate(graph.edges(keys=True, data=True)):
        flat.add_edge(_clean(source), _clean(target), kind, id=f"e{place}", label=kind, **_plain(data))
    return flat


def _plain(data: Row) -> Row:
    return {name: _value(value) for name, value in data.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        value = orjson.dumps(value).decode()
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
