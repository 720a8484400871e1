# Every goal does its own set-up: a bare machine with Python 3.11 or newer is enough.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test setup schemas clean chromium neo4j bench

demo: $(VENV)/.user  ## build the bundled demo graph and say where its page is
	@$(BIN)/kg demo

test: $(VENV)/.dev chromium neo4j  ## run every check and test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m schemas.derive --check
	@$(BIN)/python -m pytest

setup: $(VENV)/.dev chromium neo4j  ## everything for working on the project

$(VENV)/.user: pyproject.toml
	@sh setup.sh $(PYTHON) $(VENV)
	@touch $@

$(VENV)/.dev: pyproject.toml
	@sh setup.sh $(PYTHON) $(VENV) dev
	@touch $@ $(VENV)/.user

chromium:  # the page is tested in a real browser
	@sh setup.sh chromium

neo4j: $(VENV)/.dev  # the export is tested on a real server
	@sh setup.sh neo4j $(VENV)

schemas: $(VENV)/.dev  ## derive every schema file from schemas/graph.yaml
	@$(BIN)/python -m schemas.derive

bench: $(VENV)/.dev  ## speed of the whole run against the bare spaCy pipeline
	@$(BIN)/python -m benchmarks.build

clean:
	rm -rf $(VENV) build dist demo-graph
