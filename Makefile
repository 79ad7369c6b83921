# Two commands do all set-up: `make run` and `make test`. The rest is for showing and for developing.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
ROOMS := alerting crawlers dags detection indexing ledger records watch tests

.PHONY: help run demo test check format compiled secrets bench torture lock clean
help:                 ## show this
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; say PYTHON=… to name one" if sys.version_info < (3, 11) else 0)'
	@echo "Installing into .venv …"
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet 'uv==0.13.9'; }
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: $(INSTALLED)     ## watch from now on: Airflow with the DAGs, the built-in index, mail into a Maildir
	@exec $(BIN)/python -m watch.local

demo: $(INSTALLED)    ## December 2019 in a minute, on a small web of our own
	@$(BIN)/python -m tests.newsroom.demo

test: $(INSTALLED) check  ## the whole suite, on real parts
	$(BIN)/python -m pytest

check: $(INSTALLED)   ## format, lint, types, layers
	$(BIN)/ruff format --check $(ROOMS)
	$(BIN)/ruff check $(ROOMS)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED)  ## put the code into shape
	$(BIN)/ruff format $(ROOMS)
	$(BIN)/ruff check --fix $(ROOMS)

compiled: $(INSTALLED) ## compile detection (1.7 times as fast); needs a C compiler and a few minutes
	@$(BIN)/python -m watch.compiling

secrets:              ## fill in the passwords of .env for the team's stack; what is there stays
	@$(PYTHON) -m watch.stack.passwords

bench: $(INSTALLED)   ## measure speed and memory beside bare libraries
	$(BIN)/python -m tests.bench

torture: $(INSTALLED) ## keep every promise of docs/guarantees.md under long disturbance
	@$(BIN)/python -m tests.reliability all --long

lock: $(INSTALLED)    ## pin every dependency anew, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --no-header --generate-hashes --group dev --group schedule pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --no-header --generate-hashes --constraint requirements.lock --group schedule pyproject.toml -o requirements.image.lock

clean:                ## remove what was installed and cached here; the state in .watch stays
	rm -rf .venv .compiled .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
