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
UNWIND [
{id: '2402.12354', title: 'LoRA+: Efficient Low Rank Adaptation of Large Models', abstract: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', date: '2024-02-19', year: 2024, authors: [], url: 'https://arxiv.org/abs/2402.12354', source: 'lineage.txt:12'}
] AS row
MERGE (n:Paper {graph: 'graph', id: row.id})
SET n.checksum = 0, n.title = row.title, n.abstract = row.abstract, n.date = row.date, n.year = row.year, n.authors = row.authors, n.url = row.url, n.source = row.source;
UNWIND [
{id: 'system:lora', name: 'LoRA', aliases: ['Low-Rank Adaptation'], papers: 1, mentions: 1, first_date: '2024-02-19', last_date: '2024-02-19', first_year: 2024, proposed_by: ['2106.09685'], generic: false}
] AS row
MERGE (n:Entity {graph: 'graph', id: row.id}) SET n:Method REMOVE n:Model:Dataset:Metric:Task
SET n.checksum = 0, n.name = row.name, n.aliases = row.aliases, n.papers = row.papers, n.mentions = row.mentions, n.first_date = row.first_date, n.last_date = row.last_date, n.first_year = row.first_year, n.proposed_by = row.proposed_by, n.generic = row.generic;
UNWIND [
{id: 'system:lora+', name: 'LoRA+', aliases: [], papers: 1, mentions: 1, first_date: '2024-02-19', last_date: '2024-02-19', first_year: 2024, proposed_by: ['2402.12354'], generic: false}
] AS row
MERGE (n:Entity {graph: 'graph', id: row.id}) SET n:Method REMOVE n:Model:Dataset:Metric:Task
SET n.checksum = 0, n.name = row.name, n.aliases = row.aliases, n.papers = row.papers, n.mentions = row.mentions, n.first_date = row.first_date, n.last_date = row.last_date, n.first_year = row.first_year, n.proposed_by = row.proposed_by, n.generic = row.generic;
UNWIND [
{id: 'dataset:mmlu', name: 'MMLU', aliases: [], papers: 1, mentions: 1, first_date: '2024-02-19', last_date: '2024-02-19', first_year: 2024, proposed_by: [], generic: false}
] AS row
MERGE (n:Entity {graph: 'graph', id: row.id}) SET n:Dataset REMOVE n:Method:Model:Metric:Task
SET n.checksum = 0, n.name = row.name, n.aliases = row.aliases, n.papers = row.papers, n.mentions = row.mentions, n.first_date = row.first_date, n.last_date = row.last_date, n.first_year = row.first_year, n.proposed_by = row.proposed_by, n.generic = row.generic;
UNWIND [
{id: 'metric:accuracy', name: 'accuracy', aliases: [], papers: 1, mentions: 1, first_date: '2024-02-19', last_date: '2024-02-19', first_year: 2024, proposed_by: [], generic: true}
] AS row
MERGE (n:Entity {graph: 'graph', id: row.id}) SET n:Metric REMOVE n:Method:Model:Dataset:Task
SET n.checksum = 0, n.name = row.name, n.aliases = row.aliases, n.papers = row.papers, n.mentions = row.mentions, n.first_date = row.first_date, n.last_date = row.last_date, n.first_year = row.first_year, n.proposed_by = row.proposed_by, n.generic = row.generic;
UNWIND [
{source: '2402.12354', target: 'system:lora', papers: 1, sentences: 1, score: 0.9, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'},
{source: '2402.12354', target: 'system:lora+', papers: 1, sentences: 1, score: 0.9, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Paper {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`MENTIONS` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: '2402.12354', target: 'dataset:mmlu', papers: 1, sentences: 1, score: 0.9, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Paper {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`MENTIONS` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: '2402.12354', target: 'metric:accuracy', papers: 1, sentences: 1, score: 0.9, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Paper {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`MENTIONS` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: '2402.12354', target: 'system:lora+', papers: 1, sentences: 1, score: 0.9, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Paper {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`PROPOSES` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: 'system:lora', target: 'system:lora+', papers: 1, sentences: 1, score: 0.5, npmi: 0.2, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Entity {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`CO_MENTIONED_WITH` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.npmi = row.npmi, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: 'dataset:mmlu', target: 'system:lora', papers: 1, sentences: 1, score: 0.5, npmi: 0.2, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'},
{source: 'dataset:mmlu', target: 'system:lora+', papers: 1, sentences: 1, score: 0.5, npmi: 0.2, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Entity {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`CO_MENTIONED_WITH` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.npmi = row.npmi, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: 'dataset:mmlu', target: 'metric:accuracy', papers: 1, sentences: 1, score: 0.5, npmi: 0.2, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Entity {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`CO_MENTIONED_WITH` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.npmi = row.npmi, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: 'metric:accuracy', target: 'system:lora', papers: 1, sentences: 1, score: 0.5, npmi: 0.2, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'},
{source: 'metric:accuracy', target: 'system:lora+', papers: 1, sentences: 1, score: 0.5, npmi: 0.2, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Entity {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`CO_MENTIONED_WITH` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.npmi = row.npmi, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: 'system:lora+', target: 'dataset:mmlu', papers: 1, sentences: 1, score: 0.85, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Entity {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`EVALUATED_ON` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
UNWIND [
{source: 'system:lora+', target: 'system:lora', papers: 1, sentences: 1, score: 0.97, first_date: '2024-02-19', last_date: '2024-02-19', sentence: 'LoRA+ extends LoRA with two learning rates and improves accuracy on MMLU.', paper: '2402.12354'}
] AS row
MATCH (a:Entity {graph: 'graph', id: row.source}), (b:Entity {graph: 'graph', id: row.target}) MERGE (a)-[r:`BASED_ON` {graph: 'graph'}]->(b)
SET r.checksum = 0, r.papers = row.papers, r.sentences = row.sentences, r.score = row.score, r.first_date = row.first_date, r.last_date = row.last_date, r.sentence = row.sentence, r.paper = row.paper;
