"""What long work tells whoever watches it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]  # what is being done, how much of it is done, of how much


def silent(stage: str, done: int, total: int) -> None:
    """For work that nobody watches."""
