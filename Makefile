# What can be done with a clone; `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types layers tests bench lock clean

help: ## list what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 12

# The environment of this clone: exactly the locked versions, then qda itself.
$(VENV)/done: requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(VENV)/done ## make the environment in .venv

demo: $(VENV)/done ## make the sample study in this folder and show what can be done with it
	@rm -f study.db study.db-wal study.db-shm
	@$(BIN)/qda demo .

test: lint types layers tests ## everything that must hold before a change lands

lint: $(VENV)/done ## style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/done ## strict types
	$(BIN)/mypy

layers: $(VENV)/done ## imports point down
	$(BIN)/lint-imports --no-cache

tests: $(VENV)/done ## all tests
	$(BIN)/python -m pytest -n 3 --dist worksteal

bench: $(VENV)/done ## speed, measured against goals (takes minutes)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/screen.py --large

lock: ## choose the newest versions that fit and lock them (developers)
	$(PYTHON) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet pip-tools
	$(VENV)-lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
		--no-emit-find-links --extra dev --output-file requirements.lock pyproject.toml
	rm -rf $(VENV)-lock

clean: ## remove the environment and the sample study
	rm -rf $(VENV) study.db study.db-wal study.db-shm .mypy_cache .ruff_cache .pytest_cache .hypothesis
