"""Errors meant for the person at the keyboard: what went wrong, where, and what would be accepted."""


class KGError(Exception):
    """Base of every error that the command line prints as one line."""


class InputError(KGError):
    """A file, record or option that cannot be used as given."""


class GraphError(KGError):
    """A graph folder that is missing, foreign, broken or in use."""


class QueryError(KGError):
    """A Cypher text that the database refuses."""


class UnknownNameError(KGError):
    """A name that no entity of the graph carries; holds the nearest known names.

    Args:
        name: what was asked for.
        near: up to five names that the graph does know, nearest first.
    """

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.name, self.near = name, near
        hint = f" Did you mean {', '.join(map(repr, near))}?" if near else " Nothing in this graph comes near it."
        super().__init__(f"No entity is called {name!r}.{hint}")
