# What is typed often. Each target is one command line; CONTRIBUTING.md says when to use which.
PYTHON ?= .venv/bin/python

.PHONY: test-fast test lint docs

test-fast:  # no browser, no trained model: while writing
	$(PYTHON) -m pytest -q -m "not browser and not model"

test:  # everything, as the README has it
	$(PYTHON) -m pytest

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

docs:  # the generated pages of docs/ and sections of the README
	$(PYTHON) -m analytics.documentation
