# Two commands open the README: `make demo` and `make test`. Everything else is here too.
PY ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := pip --disable-pip-version-check --quiet install
LOCKED := $(PIP) --no-deps --require-hashes
PYTEST := $(BIN)/python -m pytest
COMPILE := pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup demo test check e2e soak bench golden format lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.installed ## install the program and the developers' tools into .venv

demo: .venv/.runtime ## install what runs, then play the main job on an example store
	$(BIN)/python -m muutosturva demo

test: setup ## run the tests that need no other program
	$(PYTEST) -n auto -m "not e2e"

check: setup ## style, types, directions between rooms, and the rules of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) tests/architecture

e2e: setup ## run the tests with other programs: calendar readers, LibreOffice, tmux, the wheel
	$(PYTEST) -m e2e

soak: setup ## try very many generated examples, in any order; takes an hour (by hand, not in CI)
	MUUTOSTURVA_EXAMPLES=thorough $(PYTEST) -n auto -m hypothesis --timeout 0

bench: setup ## measure against Office on the same job, and how cost grows (by hand, not in CI)
	$(BIN)/python -m bench.run

golden: setup ## write the golden files and reference pages anew; read the difference before committing
	MUUTOSTURVA_GOLDEN=write $(PYTEST) -n auto -m "not e2e"

format: setup ## format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## make the hashed locks anew from pyproject.toml (uv, in a venv of its own)
	$(PY) -m venv build/lock
	build/lock/bin/python -m $(PIP) uv
	build/lock/bin/uv $(COMPILE) pyproject.toml -o requirements.lock
	build/lock/bin/uv $(COMPILE) pyproject.toml --group dev -o requirements-dev.lock
	build/lock/bin/uv $(COMPILE) tests/e2e/requirements-khal.in -o tests/e2e/requirements-khal.lock

clean: ## remove everything that was installed or made
	rm -rf .venv build dist muutosturva-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

.venv/bin/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "muutosturva needs Python 3.11 or newer: make PY=/path/to/python3.11"; exit 1; }
	$(PY) -m venv .venv

.venv/.runtime: requirements.lock | .venv/bin/python
	$(BIN)/python -m $(LOCKED) -r requirements.lock
	touch $@

.venv/.installed: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m $(LOCKED) -r requirements-dev.lock
	$(BIN)/python -m $(PIP) --no-deps --no-build-isolation --no-index --editable .
	touch .venv/.runtime $@
