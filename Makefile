# make run            answers a question from the shipped report (with a token: runs the bot)
# make run Q='…'      answers another, whatever signs are in it
# make test           every check and test
# make coverage       the tests, and which lines they reach
# make bench          the benches that take minutes (BENCHMARK= the folder of the data sets)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
Q ?= 书记上了几节思政课？
BENCHMARK ?= ../shared/benchmark

# the value as it was written, which no shell and no second expansion reads
export BAOGAO_QUESTION = $(value Q)

# bytecode is written, whatever the environment says: the tests start hundreds of programs, and
# each would compile all that it imports again
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test check unit coverage format bench clean
.DELETE_ON_ERROR:

run: $(VENV)/run.stamp
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ]; then exec $(BIN)/baogao bot; fi; \
	$(BIN)/baogao ask -- "$$BAOGAO_QUESTION" || [ $$? -eq 1 ]

test: check unit

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.audit
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; else echo "there is no hadolint for this system: the Dockerfile is not checked"; fi

unit: $(VENV)/test.stamp
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

coverage: $(VENV)/test.stamp
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.bench $(BENCHMARK)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("baogao needs Python 3.11 or newer") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --editable .
	@touch $@

$(VENV)/test.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --no-compile --editable ".[sentence-transformers,test]"
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
