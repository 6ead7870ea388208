# Everything that a person or CI does with the checkout. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help
help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Unknot needs Python 3.11 or newer.' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python came without venv. Mend it with: apt-get install -y python3-venv" >&2; rm -rf $(VENV); exit 1; }
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml
	@$(PYTHON) -m venv $(VENV) || { echo "Python came without venv. Mend it with: apt-get install -y python3-venv" >&2; rm -rf $(VENV); exit 1; }
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

.PHONY: lock
lock: ## renew the locked requirements (needs uv)
	uv pip compile --quiet pyproject.toml --extra build --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header -o requirements/runtime.txt
	uv pip compile --quiet pyproject.toml --extra build --extra dev --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header -o requirements/dev.txt
