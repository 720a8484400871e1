"""A knowledge graph of research papers: ``g = kg.build(["papers.bib"], out="graph")``, ``kg.open("graph")``."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph, build, open

__version__ = "0.1.0"
__all__ = ["Graph", "build", "open"]


def __getattr__(name: str) -> Any:
    # The command line imports this package for --help alone: what is heavy waits until it is asked for.
    if name in __all__:
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
