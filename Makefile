# Every command a developer needs. `make` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format eval bench wheel clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "python3 (3.11 or newer) is needed"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $(READY)

setup: $(READY) ## make .venv with everything the other commands need

demo: $(READY) ## run the main job on the bundled, fictional case
	@$(BIN)/pledgewatch demo .demo

test: $(READY) ## run the tests (those on real documents, PostgreSQL and Chromium skip with a reason where these are missing)
	@$(BIN)/python -m pytest

check: $(READY) ## format, lint, types, import contract
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## rewrite the source in the house format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

eval: $(READY) ## measure quality on the dev sets in ../shared, against the floors (EVAL=--full: the whole sets)
	@$(BIN)/python -m evals $(EVAL)

bench: $(READY) ## measure speed and memory against named peers in the same run (BENCH=--archive: 100,000 documents)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@$(BIN)/python -m bench $(BENCH)

wheel: $(READY) ## build the wheel, then run --help and the demo from it in an empty environment
	@rm -rf dist .out/wheel && $(BIN)/python -m build --quiet --wheel --outdir dist .
	@$(PYTHON) -m venv .out/wheel && .out/wheel/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@.out/wheel/bin/python -m pip install --quiet --disable-pip-version-check dist/pledgewatch-*.whl
	@cd .out && wheel/bin/pledgewatch --help >/dev/null && wheel/bin/pledgewatch demo wheel/demo

clean: ## remove what the other commands made
	@rm -rf .demo .out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
