# Everything that a person or CI does with the checkout. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The first Python that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --root-user-action=ignore
LOCK := uv pip compile --quiet pyproject.toml --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header

.PHONY: help
help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.PHONY: demo
demo: $(VENV)/.runtime ## show it all on this machine; PORT=8001 chooses a port
	@exec $(BIN)/unknot demo $(if $(PORT),--port $(PORT))

.PHONY: demo-reset
demo-reset: $(VENV)/.runtime ## forget all that was done in the demo
	@$(BIN)/unknot demo --reset

# The same order and the same drawn examples every time; test-long draws others each time.
.PHONY: test
test: $(VENV)/.dev chromium ## the quick tests
	@$(BIN)/pytest -n 2 -m 'not long' --randomly-seed=1 --hypothesis-profile=ci

.PHONY: test-long
test-long: $(VENV)/.dev chromium ## the tests that take long
	@$(BIN)/pytest -n 2 -m long

.PHONY: bench
bench: $(VENV)/.runtime $(VENV)-bench/.made ## how quick it is, beside what it must be
	@$(BIN)/python bench/run.py

.PHONY: lint
lint: $(VENV)/.dev ## style, types, contracts between the parts, missing migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/unknot manage makemigrations --check --dry-run

.PHONY: lock
lock: ## renew the locked requirements (needs uv)
	$(LOCK) --extra build -o requirements/runtime.txt
	$(LOCK) --extra build --extra dev -o requirements/dev.txt
	$(subst pyproject.toml,requirements/bench.in,$(LOCK)) -o requirements/bench.txt

.PHONY: clean
clean: ## remove what was built; data stays
	rm -rf $(VENV) $(VENV)-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find src tests bench -name __pycache__ -prune -exec rm -rf {} +

# The virtual environment, for running and for developing

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/.made
	@echo 'Installing what Unknot needs (a minute, the first time)'
	@$(PIP) --require-hashes -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/.made
	@echo 'Installing what Unknot and its tests need (a minute, the first time)'
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

# What the bench stands beside; apart, since its dependencies aren't ours.
$(VENV)-bench/.made: requirements/bench.txt
	@echo 'Installing what the bench stands beside'
	@$(PYTHON) -m venv $(VENV)-bench
	@$(VENV)-bench/bin/python -m pip install -qq --disable-pip-version-check --no-input --root-user-action=ignore \
		--require-hashes -r requirements/bench.txt
	@touch $@

# Marked as made only once it is whole: an interrupted one has a Python but no pip.
$(VENV)/.made:
	@[ -n '$(PYTHON)' ] || { echo 'Unknot needs Python 3.11 or newer.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python came without venv. Mend it with: apt-get install -y python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# The browser of the browser tests; without it they are skipped, and say so

.PHONY: chromium
chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'Installing Chromium for the browser tests'; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 \
			|| echo 'Chromium could not be installed: the browser tests will be skipped' >&2; \
	else \
		echo 'No Chromium: the browser tests will be skipped. Get it with: sudo apt-get install -y chromium' >&2; \
	fi
