# Two commands open the README: `make demo` and `make test`. Everything else is here too.
PY ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
LOCK := pip install --quiet --disable-pip-version-check --no-deps --require-hashes

.PHONY: setup demo test check e2e bench soak format lock clean

setup: .venv/.installed

# Run-time packages only: what `make demo` needs.
.venv/.runtime: requirements.lock pyproject.toml
	test -d .venv || $(PY) -m venv .venv
	$(BIN)/python -m $(LOCK) -r requirements.lock
	touch $@

.venv/.installed: requirements-dev.lock pyproject.toml
	test -d .venv || $(PY) -m venv .venv
	$(BIN)/python -m $(LOCK) -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	touch .venv/.runtime $@
