"""One way into a Neo4j server: who, where, which database, and what its refusals mean in plain words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import GraphError, InputError, KGError, QueryError

if TYPE_CHECKING:
    from neo4j import Driver

URI, USER, DATABASE, PASSWORD_ENV = "bolt://127.0.0.1:7687", "neo4j", "neo4j", "NEO4J_PASSWORD"
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
PATIENCE = 120.0  # seconds that a transaction is tried again for, long enough for a server to restart
OLDEST = 5  # major version: the constraints are in its syntax


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
        InputError: the variable is not set.
    """
    try:
        return os.environ[variable]
    except KeyError:
        raise InputError(f"Set the environment variable {variable} to the password of the Neo4j user.") from None


@contextmanager
def connect(server: Server) -> Iterator["Driver"]:
    """A driver that has reached the server and found a version it can talk to; its errors leave as :class:`KGError`.

    Raises:
        InputError: the driver is not installed, or the address, user, password or database is wrong.
        GraphError: no server answers, it is too old, or it fails.
        QueryError: it refuses a query.
    """
    if server.uri.partition("://")[0] not in SCHEMES:
        raise InputError(f"{server.uri!r} is no address of a Neo4j server: it begins with {', '.join(SCHEMES)}://.")
    try:
        import neo4j
    except ImportError:
        raise InputError('The Neo4j driver is missing. Install it: pip install "kg-papers[neo4j]"') from None
    try:
        with neo4j.GraphDatabase.driver(
            server.uri,
            auth=(server.user, server.password),
            max_transaction_retry_time=PATIENCE,
            notifications_min_severity="OFF",
        ) as driver:
            driver.verify_connectivity()
            check_version(driver.execute_query("CALL dbms.components()", database_=server.database).records[0][1][0])
            yield driver
    except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError, ValueError, OSError) as error:
        raise explain(error, server) from error


def check_version(version: str) -> None:
    """Refuses a server older than Neo4j 5.

    Raises:
        GraphError: it is older.
    """
    if int(version.split(".")[0]) < OLDEST:
        raise GraphError(f"The server is Neo4j {version}; Neo4j {OLDEST} or newer is needed.")


def explain(error: Exception, server: Server) -> KGError:
    """The driver's error as one line that says what, where, and what would be accepted."""
    from neo4j import exceptions

    text, code = " ".join(str(getattr(error, "message", None) or error).split()), str(getattr(error, "code", None))
    if isinstance(error, exceptions.AuthError) or ".Security." in code:
        return InputError(f"{server.uri} refuses the user {server.user!r}: wrong user or password ({text}).")
    if code.endswith("DatabaseNotFound"):
        return InputError(f"{server.uri} has no database {server.database!r}; the usual one is {DATABASE!r}.")
    if isinstance(error, exceptions.UnsupportedServerProduct):
        return GraphError(f"{server.uri} is no server that this driver can talk to; Neo4j {OLDEST} or newer is needed.")
    if isinstance(error, exceptions.ConfigurationError | ValueError):
        return InputError(f"{server.uri!r} is no address of a Neo4j server ({text}).")
    if isinstance(error, exceptions.ServiceUnavailable | exceptions.SessionExpired | OSError):
        return GraphError(f"No Neo4j server answers at {server.uri} ({text}). Start one: docker compose up -d --wait")
    if "AccessMode" in code:
        return QueryError("The query would change the database; add --write to allow it.")
    if ".Statement." in code:
        return QueryError(text)
    return GraphError(
        f"Neo4j at {server.uri} fails: {text} ({code}). What was written so far stays; run again to go on."
    )
