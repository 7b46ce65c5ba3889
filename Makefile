# What users and developers run. Everything is installed by these targets into .venv.

# The first interpreter that is 3.11 or newer; name another with PYTHON=...
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test lint format bench schemas docs coverage aliyun-apis lock wheel clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

$(READY): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "mlps needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON) (once, about two minutes) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)  ## scan an example AWS account and check an example Terraform project
	@$(BIN)/python -m examples.demo

# The validator of SARIF reports. Without npm, or without its registry, its tests are skipped.
MULTITOOL := tools/sarif-multitool/node_modules/.package-lock.json

$(MULTITOOL): tools/sarif-multitool/package-lock.json
	@if command -v npm >/dev/null; then \
		cd $(<D) && npm ci --silent --ignore-scripts --no-audit --no-fund \
		&& chmod u+x node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool && touch node_modules/.package-lock.json \
		|| echo "npm could not install sarif-multitool: its tests are skipped"; \
	else echo "npm is not there: the tests with sarif-multitool are skipped"; fi

# Asserts as Python has them: to rewrite them takes each worker as long as to import all else.
test: $(READY) $(MULTITOOL)  ## the whole test suite
	@$(BIN)/pytest -n 3 --dist loadfile --assert=plain || { \
		echo "Once more what failed, with what was compared:"; \
		$(BIN)/pytest --last-failed --last-failed-no-failures none; exit 1; }

lint: $(READY)  ## linters, type checker, and the policies' own rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mlps policies lint

format: $(READY)  ## format Python
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: $(READY)  ## speed and memory of the engines, of collecting, and of templates beside Checkov
	@$(BIN)/python -m bench.evaluate
	@$(BIN)/python -m bench.collect
	@$(BIN)/python -m bench.check
	@$(BIN)/python -m bench.organization

schemas: $(READY)  ## export the JSON Schemas into policies/schemas
	@$(BIN)/mlps schemas policies/schemas

docs: $(READY)  ## write docs/checks from the checks' metadata
	@$(BIN)/mlps policies docs docs/checks

coverage: $(READY)  ## write docs/coverage: which call or argument tells which fact, measured
	@$(BIN)/python -m tests.collectors.iac.measured
	@$(BIN)/python -m tests.faults.coverage aliyun aws azure

aliyun-apis: $(READY)  ## write collectors/aliyun/apis from METADATA, a clone of aliyun/aliyun-openapi-meta
	@$(BIN)/python -m tools.aliyun_apis $(METADATA)

lock: $(READY)  ## resolve requirements/dev.txt anew from pyproject.toml
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group dev \
		--generate-hashes --no-emit-index-url --no-header --quiet -o requirements/dev.txt

wheel: $(READY)  ## build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

clean:  ## remove what the targets made
	@rm -rf $(VENV) dist build out .mypy_cache .ruff_cache .pytest_cache
