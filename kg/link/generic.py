"""Classes so broad that they link everything with everything; kept in the graph, marked, left out of default views."""

from kg.names import key

NAMES: dict[str, tuple[str, ...]] = {
    "system": ("large language models", "deep neural networks"),
    "metric": ("accuracy",),
}
GENERIC = frozenset(f"{group}:{key(name)}" for group, names in NAMES.items() for name in names)
