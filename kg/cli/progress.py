"""A progress line on stderr for work that lasts, and none where nobody watches."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kg.progress import Progress, silent

PATIENCE = 2.0  # seconds before anything is drawn


@contextmanager
def progress() -> Iterator[Progress]:
    """Gives a function ``report(stage, done, total)``; ``total`` 0 where it is not known."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bars, TextColumn, TimeRemainingColumn  # isort: skip

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bars = Bars(*columns, console=Console(stderr=True), transient=True)
    begin, tasks = time.monotonic(), dict[str, Any]()

    def report(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=None)
        bars.update(tasks[stage], completed=done, total=total or None)
        if not bars.live.is_started and time.monotonic() - begin > PATIENCE:
            bars.start()

    try:
        yield report
    finally:
        bars.stop()
