"""One way into a Neo4j server: who, where, which database."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import GraphError, InputError
from kg.exporters.neo4j.explain import explain

if TYPE_CHECKING:
    from neo4j import Driver

URI, USER, DATABASE, PASSWORD_ENV = "bolt://127.0.0.1:7687", "neo4j", "neo4j", "NEO4J_PASSWORD"
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
PATIENCE = 120.0  # seconds that a transaction is tried again for, long enough for a server to restart
OLDEST = 5  # major version: the first that knows (n:A|B)
# The server's hints about a query are nothing for the terminal; turning them off there needs Neo4j 5.7.
logging.getLogger("neo4j.notifications").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a Neo4j server is and who asks; the password stays out of every print."""

    uri: str = URI
    user: str = USER
    password: str = field(default="", repr=False)
    database: str = DATABASE


def password(variable: str = PASSWORD_ENV) -> str:
    """The password from the environment: on the command line everybody on the machine could read it.

    Raises:
        InputError: the variable is not set, or empty.
    """
    if found := os.environ.get(variable):
        return found
    raise InputError(f"Set the environment variable {variable} to the password of the Neo4j user.")


@contextmanager
def connect(server: Server) -> Iterator["Driver"]:
    """A driver that has reached the server and found a version it can talk to; its errors leave as
    :class:`kg.errors.KGError`.

    Raises:
        InputError: the driver is not installed, or the address, user, password or database is wrong.
        GraphError: no server answers, it is too old, or it fails.
        QueryError: it refuses a query.
    """
    if server.uri.partition("://")[0] not in SCHEMES:
        raise InputError(f"{server.uri!r} is no address of a Neo4j server: it begins with {'://, '.join(SCHEMES)}://.")
    try:
        import neo4j
    except ImportError:
        raise InputError('The Neo4j driver is missing. Install it: pip install "kg-papers[neo4j]"') from None
    try:
        with neo4j.GraphDatabase.driver(
            server.uri, auth=(server.user, server.password), max_transaction_retry_time=PATIENCE
        ) as driver:
            greet(driver, server)
            yield driver
    except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
        raise explain(error, server.uri, server.user, server.database) from error


def greet(driver: "Driver", server: Server) -> None:
    """Reaches the server and asks for its version.

    Raises:
        InputError: the port is no number.
        GraphError: it is older than Neo4j 5.
    """
    try:
        driver.verify_connectivity()
    except ValueError as error:
        raise InputError(f"{server.uri!r} is no address of a Neo4j server ({error}).") from error
    check_version(driver.execute_query("CALL dbms.components()", database_=server.database).records[0][1][0])


def check_version(version: str) -> None:
    """Refuses a server older than Neo4j 5.

    Raises:
        GraphError: it is older.
    """
    if int(version.split(".")[0]) < OLDEST:
        raise GraphError(f"The server is Neo4j {version}; Neo4j {OLDEST} or newer is needed.")
