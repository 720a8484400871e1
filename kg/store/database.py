"""Opening the embedded database of a graph folder, which is made when somebody first asks it."""

import shutil
from pathlib import Path

from kg.errors import GraphError
from kg.progress import Progress
from kg.store.cypher import Database, load
from kg.store.folder import DATABASE, check_graph, locked, open_tables, sync


def open_database(folder: Path, progress: Progress, *, write: bool = False) -> Database:
    """The database of a graph, made from its tables first where nobody has asked since these were written.

    Raises:
        GraphError: there is no graph, it is in use, its database cannot be written or cannot be read.
    """
    if not (folder / DATABASE).is_file():
        try:
            make(folder.resolve(), progress)
        except OSError as error:
            raise GraphError(
                f"The database of {folder} is made at the first Cypher query, which failed: {error}. Whoever may write "
                f'to the folder and beside it makes it with: kg query -g {folder} "RETURN 1"'
            ) from error
    return Database(folder / DATABASE, write=write)


def make(folder: Path, progress: Progress) -> None:
    """Loads the database in the work folder and moves it into the graph, whole or not at all."""
    check_graph(folder)
    with locked(folder, keep=True) as work:
        if (folder / DATABASE).is_file():  # by another process, since this one looked
            return
        new = work / "database"
        shutil.rmtree(new, ignore_errors=True)  # of a killed process
        new.mkdir()
        try:
            load(new / DATABASE, open_tables(folder), progress)
            sync(new / DATABASE)
            (new / DATABASE).rename(folder / DATABASE)
            sync(folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
