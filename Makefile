# Oreflow: `make run` opens the console, `make test` runs the suite; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
PORT ?= 8321
JOBS ?= 2
OF_CORE := tests/core tests/packs
COVERED := --cov=oreflow.core --cov-report=term:skip-covered --cov-fail-under=95 $(OF_CORE)
REST := $(addprefix --ignore=,$(OF_CORE)) tests
ON_POSTGRESQL := OREFLOW_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup
DEBIAN := chromium fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: help run test test-full check bench docs setup-system clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 14

$(BIN)/pip:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing. Debian, Ubuntu: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing. Debian, Ubuntu: apt install python3-venv"; exit 1; }

# what running needs: the lock up to the mark, then Oreflow itself
.setup-run: requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Setting up what running needs (once) ..."
	@sed '/^# --- for testing ---/,$$d' requirements.lock > .setup-run.lock
	@$(PIP) install --require-hashes -r .setup-run.lock && rm .setup-run.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.setup-assets: package-lock.json .setup-run
	@command -v npm >/dev/null || { echo "Node.js 20 or newer with npm is missing (it only fetches the browser assets). Debian, Ubuntu: apt install nodejs npm"; exit 1; }
	@npm ci --silent --no-audit --no-fund --ignore-scripts
	@$(BIN)/python -m oreflow.console.assets
	@touch $@

.setup-test: requirements.lock .setup-assets
	@echo "Setting up what testing needs (once) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

setup-system: ## as root: install Chromium, a CJK font and PDF libraries from Debian
	@missing=""; for p in $(DEBIAN); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing$$missing ..."; apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
		else echo "Missing:$$missing. Ask an administrator: apt install$$missing. Browser and PDF tests are skipped without them."; fi; fi

run: .setup-assets ## open the console with a demonstration of made-up organisations, on this machine only
	@$(BIN)/oreflow up --demonstration --port $(PORT)

test: .setup-test setup-system ## unit, property, browser, kill and document tests; on PostgreSQL what touches the database
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not slow and not timing" $(COVERED)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not slow and not timing" $(REST)
	@$(ON_POSTGRESQL) -m "storage and not slow and not timing" tests/console
	@$(BIN)/python -m pytest -m "timing and not slow"

test-full: .setup-test setup-system ## everything, the slow tests too, and the whole suite on PostgreSQL
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not timing" $(COVERED)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not timing" $(REST)
	@$(ON_POSTGRESQL) -m "not timing"
	@$(BIN)/python -m pytest -m timing

check: .setup-test ## format, lint, types, layers, templates, news
	@$(BIN)/ruff format --check src tests bench
	@$(BIN)/ruff check src tests bench
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --quiet --check --lint src/oreflow/console
	@$(BIN)/towncrier build --draft --version next >/dev/null
	@echo "checks passed"

bench: .setup-test ## the speed claims, each beside its physical limit
	@for b in bench/*.py; do echo "== $$b"; $(BIN)/python $$b; done

docs: .setup-test ## write the generated reference pages, then run every documented command and example
	@$(BIN)/python -c "from pathlib import Path; from oreflow.gateway import pack_format_page; Path('docs/reference/pack-format.md').write_text(pack_format_page(), encoding='utf-8')"
	@$(BIN)/python -m pytest tests/docs

clean: ## remove what set-up made
	@rm -rf $(VENV) node_modules .setup-* .coverage* src/oreflow/console/static/vendor
