# What a newcomer and a developer run. Needs make and Python 3.11 or newer, nothing else.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.PHONY: help install serve test test-model lint bench pins clean
.DEFAULT_GOAL := help

help:
	@echo "make install   the environment in $(VENV), nothing else"
	@echo "make serve     install, build the index once, chat on http://127.0.0.1:7860"
	@echo "make test      install, then lint, types and all tests"
	@echo "make test-model  fetch a small language model (0.5 GB) and test with it"
	@echo "make lint      ruff and mypy alone"
	@echo "make bench     measure this machine: build, start, answers"
	@echo "make pins      renew constraints.txt (needs the network)"
	@echo "make clean     remove the environment and what tools leave behind, never data"

install: $(STAMP)

# The stamp is written last, so that an installation that was cut short is taken up again.
$(STAMP): pyproject.toml constraints.txt scripts/install.sh
	@scripts/install.sh $(VENV)
	@touch $@

serve: install
	@$(BIN)/wenzheng serve

test: install
	@scripts/test.sh $(BIN)

test-model: install
	@scripts/test_model.sh $(BIN)

lint: install
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: install
	@$(BIN)/python bench/run.py

pins:
	@scripts/pins.sh

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
