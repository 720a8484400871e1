"""Neo4j: a graph folder into a server and back, bulk files for neo4j-admin, queries, and a server without Docker."""
