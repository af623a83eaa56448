# What people type. `make help` lists it; every target does its own set-up.
.DEFAULT_GOAL := help
SHELL := /bin/sh
# The distribution's own is built to be fast: a sixth faster than one that was built from source.
WHOLE = import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell /usr/bin/python3 -c '$(WHOLE)' 2>/dev/null && echo /usr/bin/python3 || echo python3)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n 2
TOLD := .venv/on-services.log
AUDIT := $(BIN)/python -m pytest --hypothesis-profile=audit
PORT ?= 8000
export PORT
# A process that has to compile the whole site before it begins takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

##@ Everyday
.PHONY: help run test on-sqlite on-services test-fast check style types format

help: ## List all targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run ## Run the whole site (PORT=8000, Ctrl+C ends it)
	@exec $(BIN)/python manage.py run

test: .venv/test ## Prove everything, with real services (root: installs those that are missing)
	@$(BIN)/python -m tests.services installed
	@rm -f $(TOLD); $(MAKE) --no-print-directory --jobs=3 types on-sqlite on-services; \
	status=$$?; cat $(TOLD) 2>/dev/null; exit $$status

on-sqlite: style
	@$(BIN)/python -m tests.services sqlite nice -n 5 $(PYTEST) -m "not browser and not redis and not whole"

# Journeys often wait for a process to die, a page or a browser: the other half works meanwhile,
# and what these have to say is shown when both are through.
on-services: style
	@$(BIN)/python -m tests.services all $(PYTEST) --dist loadgroup --leave-out-shown >$(TOLD) 2>&1

test-fast: .venv/test ## What failed last time first, on SQLite, without services
	@$(BIN)/python -m tests.services sqlite $(BIN)/python -m pytest --reuse-db --failed-first -m "not browser and not redis and not whole"

check: .venv/test ## The quick half: format, lint, contracts, types, migrations; no services
	@$(MAKE) --no-print-directory --jobs=2 style types

style:
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run

types:
	@$(BIN)/mypy

format: .venv/test ## Put Python and templates into their one format
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet .

##@ Now and then
.PHONY: audit bench bench-people bench-search migrations schema coverage messages lock clean

audit: .venv/test ## Every test on both databases, every page kind in all themes, directions and widths
	@$(BIN)/python -m tests.services sqlite $(AUDIT) -m "(audit or hypothesis) and not browser and not redis and not whole"
	@$(BIN)/python -m tests.services all $(AUDIT) -n 2 --dist loadgroup --only-shown
	@$(BIN)/python -m tests.services all $(BIN)/python -m pytest tests/journeys -m browser --whole-matrix

bench: .venv/test ## Measure the pages of training with 5,000 learners and 500,000 answers
	@$(BIN)/python -m tests.services all $(BIN)/python -m tests.journeys.bulk

bench-people: .venv/test ## Measure the desk with 50,000 people and a log of a million lines, an import, 2,000 who sign in
	@$(BIN)/python -m tests.services all $(BIN)/python -m tests.journeys.bulk_people
	@$(BIN)/python -m tests.services all $(BIN)/python -m tests.journeys.coming_in 2000

bench-search: .venv/test ## Measure the search among a million passages, and its index
	@$(BIN)/python -m tests.services all $(BIN)/python -m tests.search.bulk

migrations: .venv/test ## Write a migration for changed models, then check all of them
	@$(BIN)/python manage.py makemigrations partnership
	@$(BIN)/python -m tests.services sqlite $(BIN)/python -m pytest tests/test_migrations.py

schema: .venv/test ## Write the API's schema to docs/api.yaml
	@$(BIN)/python manage.py spectacular --file docs/api.yaml --validate

coverage: .venv/test ## The tests without a browser, with the lines they leave out
	@$(BIN)/python -m tests.services all $(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered -m "not browser and not whole"

messages: .venv/test ## Gather the strings of all pages into the catalogues, compile them, list what has no translation
	@$(BIN)/python -m tests.messages

lock: ## Pin all requirements anew (needs uv)
	@UV_PYTHON_DOWNLOADS=never uv lock --quiet --upgrade
	@uv export --quiet --frozen --no-dev --no-emit-project --no-header -o requirements.txt
	@uv export --quiet --frozen --group dev --no-emit-project --no-header -o requirements-dev.txt

clean: ## Remove the environment and all data in var/
	@rm -rf .venv var staticfiles

# The lock is whole: without --no-deps an older pip asks for the newest `coverage[toml]` beside the pinned one.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --retries 2 --timeout 20 --no-deps --require-hashes
NO_INDEX := { echo "The requirements could not be installed: is the package index reachable? (.venv/pip.log says more)" >&2; exit 1; }

# --- The environment. A stamp is written last, so what was interrupted is done again. -----------

.venv/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed and $(PYTHON) was not found." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Choose another with PYTHON=python3.12 make run." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing: on Debian or Ubuntu, apt install python3-venv." >&2; exit 1; }
	@rm -rf .venv && $(PYTHON) -m venv .venv && touch $@

.venv/run: .venv/python requirements.txt
	@echo "Installing what the site needs (once)."
	@$(PIP) -r requirements.txt 2>.venv/pip.log || $(NO_INDEX)
	@touch $@

.venv/test: .venv/python requirements-dev.txt
	@echo "Installing what the tests need (once)."
	@$(PIP) -r requirements-dev.txt 2>.venv/pip.log || $(NO_INDEX)
	@touch .venv/run $@
