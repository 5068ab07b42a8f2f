# Everything is set up inside this folder: `make run` on a fresh machine needs git, make and Python 3.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python

export RASA_TELEMETRY_ENABLED := false
export PYTHONUTF8 := 1

.PHONY: help setup run shell train test test-fast lint format bench evaluate texts clean

help: ## Show what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-10s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## Install the locked packages into .venv

.venv/.ready: pyproject.toml uv.lock .python-version scripts/setup.sh
	@bash scripts/setup.sh
	@touch .venv/.ready

run: setup ## Train if needed, start everything, print the address
	@$(PYTHON) -m assistant.cli run

shell: setup ## Try a conversation in the terminal
	@$(PYTHON) -m assistant.cli shell

train: setup ## Train the model
	@$(PYTHON) -m assistant.cli train

evaluate: setup ## Accuracy on the held-out sets
	@$(PYTHON) -m assistant.cli evaluate

texts: setup ## Bring the translations up to date with code and data, and check them
	@$(PYTHON) -m assistant.cli texts update
	@$(PYTHON) -m assistant.cli texts check

test: setup ## Train if needed and run all tests
	@$(PYTHON) -m assistant.cli train
	@$(PYTHON) -m pytest -n 2 tests/unit
	@$(PYTHON) -m pytest -n 2 --dist loadfile --ignore tests/unit

test-fast: setup ## Run the tests that need no trained model, server or browser
	@$(PYTHON) -m pytest -n 2 tests/unit

lint: setup ## Check style and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy assistant actions

format: setup ## Format the code
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: setup ## Measure speed, memory and accuracy beside the bot of `rasa init`
	@$(PYTHON) -m benchmarks.messages

clean: ## Remove what was made: packages, model, databases and caches
	@rm -rf .venv .uv var models/*.tar.gz models/*.json .mypy_cache .ruff_cache .pytest_cache .rasa
