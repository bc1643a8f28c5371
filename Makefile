# Two commands are enough: `make run` and `make test`.
.PHONY: run demo test check bench clean
.DEFAULT_GOAL := run
PYTHON ?= python3
BIN := .venv/bin
# Browsers and live auctions wait more than they compute, so half as many tests again run as there are processors.
WORKERS ?= $(shell $(PYTHON) -c "import os; print(-(-3 * (os.cpu_count() or 1) // 2))")
# What is installed is remembered by the content of the lists, so a second run takes no time.
RUNS := .venv/.runs-$(shell cat requirements.txt constraints.txt | cksum | cut -d' ' -f1)
MAKES := .venv/.makes-$(shell cat requirements.txt requirements-dev.txt constraints.txt | cksum | cut -d' ' -f1)

run: $(RUNS) ## The club on http://localhost:8501, with a demo club if the database is empty
	@$(BIN)/python -m club serve

demo: $(RUNS) ## One whole round without a browser, into data/var/demo
	@$(BIN)/python -m club demo

test: $(MAKES) ## All tests; says what is missing
	@$(BIN)/python -m tests.needs
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(MAKES) ## Format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(MAKES) ## What the speed claims rest on, as ratios
	@$(BIN)/python -m benchmarks

clean: ## This machine's database, documents and keys are kept; only what tools left goes
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit(\"Tomoe needs Python 3.11 or newer; this is \" + sys.version.split()[0] + \". Say: make PYTHON=python3.12\")"
	$(PYTHON) -m venv .venv

$(RUNS): | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

$(MAKES): $(RUNS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@
