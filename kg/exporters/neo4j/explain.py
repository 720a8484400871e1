"""What the refusals of a Neo4j server mean in plain words."""

import re
from urllib.parse import urlsplit

from kg.errors import GraphError, InputError, KGError, QueryError

LOCAL = frozenset({"127.0.0.1", "localhost", "::1", None})
PASSWORD_CODES = ("Unauthorized", "AuthenticationRateLimit")
TRUNCATED = re.compile(r" \(line \d+, column \d+ \(offset: \d+\)\)")  # the query stands behind it once more


def explain(error: Exception, uri: str, user: str, database: str) -> KGError:
    """The driver's error as one line that says what, where, and what would be accepted."""
    from neo4j import exceptions

    text, code = " ".join(str(getattr(error, "message", None) or error).split()), str(getattr(error, "code", None))
    if code.endswith(PASSWORD_CODES):
        return InputError(f"{uri} refuses the user {user!r}: wrong user or password ({text}).")
    if ".Security." in code:
        return InputError(f"{uri} does not let the user {user!r} do this: {text}")
    if code.endswith("DatabaseNotFound"):
        return InputError(f"{uri} has no database {database!r}; the usual one is 'neo4j'.")
    if isinstance(error, exceptions.UnsupportedServerProduct):
        return GraphError(f"{uri} is no server that this driver can talk to; Neo4j 5 or newer is needed.")
    if isinstance(error, exceptions.ConfigurationError):
        return InputError(f"{uri!r} is no address of a Neo4j server ({text}).")
    if isinstance(error, exceptions.ServiceUnavailable | exceptions.SessionExpired):
        return GraphError(f"No Neo4j server answers at {uri} ({reason(text)}). {remedy(uri)}")
    if code.endswith("TransactionLogError") or "critical error" in text:
        short = re.split(r"[:.] ", text)[0]
        return GraphError(f"Neo4j at {uri} cannot write; its disk may be full. Make room and restart it. ({short})")
    return explain_code(text, code) or GraphError(f"Neo4j at {uri} fails: {text} ({code})")


def explain_code(text: str, code: str) -> KGError | None:
    """What a server that understands us refuses to do."""
    if "AccessMode" in code:
        return QueryError("The query would change the database; add --write to allow it.")
    if code.endswith("ParameterMissing"):
        return QueryError(f"No value was given for ${text.rpartition(': ')[2].replace(', ', ', $')}.")
    if ".Statement." in code:
        place = TRUNCATED.search(text)
        return QueryError(text[: place.end()] if place else text)
    if ".Schema." in code:
        return GraphError(f"A constraint or index that kg did not make is in the way: {text} Drop it there first.")
    return None


def reason(text: str) -> str:
    """Why no connection came about, without the addresses that the driver tried."""
    system = re.search(r"\[Errno -?\d+\] ([\w ]+)", text)
    return system[1] if system else re.sub(r"^Couldn't connect to .*?\)\): ", "", text)


def remedy(uri: str) -> str:
    if urlsplit(uri).hostname in LOCAL:
        return "Start one: docker compose up -d --wait, or kg neo4j start."
    return "Check the address, and that the server is up."
