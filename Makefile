# All commands set themselves up: a fresh machine needs Python 3.11 to 3.13, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help site serve check test lint bench clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(VENV)/.installed: requirements.lock requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

site: $(VENV)/.installed ## check and build both languages into site/
	$(BIN)/python -m macros build

serve: $(VENV)/.installed ## live preview of both languages on this machine
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs serve

check: $(VENV)/.installed ## say everything that is wrong, without building
	$(BIN)/python -m macros check

lint: $(VENV)/.installed-dev ## style, types and import directions of the engine
	$(BIN)/ruff check macros tests
	$(BIN)/ruff format --check macros tests
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.installed-dev lint ## the whole suite, in a real browser too
	$(BIN)/python tests/browser/find_chromium.py
	$(BIN)/python -m pytest -n 2

$(VENV)-bench/.installed: tests/benchmarks/requirements.txt
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
	@touch $@

bench: $(VENV)/.installed $(VENV)-bench/.installed ## measure the bibliography beside the alternatives
	$(BIN)/python tests/benchmarks/run.py $(CURDIR)/$(VENV)-bench/bin/python

clean: ## remove what the other commands made
	rm -rf site $(VENV) $(VENV)-bench .mypy_cache .pytest_cache .ruff_cache .hypothesis
