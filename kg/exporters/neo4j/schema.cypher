// Derived from schemas/graph.yaml by `make schemas`; do not edit.
CREATE CONSTRAINT kg_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_paper_id IF NOT EXISTS FOR (n:Paper) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_method_id IF NOT EXISTS FOR (n:Method) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_model_id IF NOT EXISTS FOR (n:Model) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_dataset_id IF NOT EXISTS FOR (n:Dataset) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_metric_id IF NOT EXISTS FOR (n:Metric) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_task_id IF NOT EXISTS FOR (n:Task) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_result_id IF NOT EXISTS FOR (n:Result) REQUIRE (n.graph, n.id) IS UNIQUE;
CREATE CONSTRAINT kg_graph IF NOT EXISTS FOR (n:KnowledgeGraph) REQUIRE n.graph IS UNIQUE;
CREATE FULLTEXT INDEX kg_names IF NOT EXISTS FOR (n:Method|Model|Dataset|Metric|Task) ON EACH [n.name, n.aliases];
CREATE FULLTEXT INDEX kg_papers IF NOT EXISTS FOR (n:Paper) ON EACH [n.title, n.abstract];
