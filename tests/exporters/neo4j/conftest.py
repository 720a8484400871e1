"""The server, for the tests in this folder."""

from tests.neo4j_server import neo4j, users

__all__ = ["neo4j", "users"]
