# Everything from a clean clone, with Python 3.11 and make alone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEVELOPING := $(VENV)/.developing
MUTANTS ?= 60 1
SWEEPS := tests/test_cases.py tests/test_covers_and_indexes.py tests/test_xlsx_cases.py tests/test_page_parity.py

.PHONY: demo page docs test lint bench bench-folder fuzz mutants examples templates clean

demo: $(INSTALLED)  ## one clean and one broken example, checked
	@$(BIN)/clusterform check examples/application-clean.docx
	@echo
	@$(BIN)/clusterform check examples/application-broken-figures.docx --fail-on never

page: $(INSTALLED)  ## the whole program as one HTML file, dist/申报表检查.html, and the package it is made of: takes node, npm and a minute
	@command -v node >/dev/null && command -v npm >/dev/null || { echo '需要 Node.js（含 npm）18 或更新的版本：https://nodejs.org 。Node.js 18 or newer, with npm, is needed.' >&2; exit 2; }
	$(BIN)/python page/runtime.py build/page
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist ./page
	$(BIN)/clusterform page --runtime build/page -o dist/申报表检查.html --force

test: $(DEVELOPING)  ## every test; those with LibreOffice or a browser where these are installed
	$(BIN)/python -X warn_default_encoding -m pytest --numprocesses=auto --dist=loadfile

lint: $(DEVELOPING)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(DEVELOPING)  ## the documentation site, dist/site: pages made from the program must be as committed, every link and anchor leads somewhere
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	$(BIN)/python docs/build.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(DEVELOPING)  ## the speed ratios of docs/en/benchmarks.md; ends with 1 where one is over its bound
	$(BIN)/python tests/benchmarks/bench.py

bench-folder: $(DEVELOPING)  ## a thousand forms: workers against one, memory; ten minutes
	$(BIN)/python tests/benchmarks/folder.py

fuzz: $(DEVELOPING)  ## damaged forms for a minute (FUZZ="600" for ten, FUZZ="60 SEED" for one again), 2,000 random forms against an oracle, 2,000 slips and their causes, expressions and whole forms on texts made against them; the sweeps of which the tests take a part
	$(BIN)/python tests/fuzz/fuzz.py $(FUZZ)
	$(BIN)/python tests/fuzz/against_oracle.py
	$(BIN)/python tests/fuzz/slips.py
	$(BIN)/python tests/fuzz/linear.py
	$(BIN)/python tests/fuzz/stress.py
	CLUSTERFORM_TEST_SWEEPS=all $(BIN)/python -m pytest $(SWEEPS)

mutants: $(DEVELOPING)  ## changes operators one at a time and counts what the tests find (MUTANTS="20 7 8" for twenty with seed 7 and twenty with 8); a quarter of an hour on two quiet processors
	$(BIN)/python tests/mutants/mutants.py $(MUTANTS)

examples: $(DEVELOPING)  ## writes examples/ again, the expected reports with them
	$(BIN)/python examples/build.py --expected

templates: $(INSTALLED)  ## writes templates/ again
	$(BIN)/python docs/blanks.py
	$(BIN)/python docs/letters.py

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	$(BIN)/python -m compileall -q src  # as an ordinary install does: without it every start compiles again
	@touch $@

$(DEVELOPING): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	$(BIN)/python -m compileall -q src
	@touch $(INSTALLED) $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache
