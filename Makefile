# What is typed often. Each target is one command line; CONTRIBUTING.md says when to use which.
PYTHON ?= .venv/bin/python

.PHONY: test-fast test lint docs pictures

test-fast:  # no browser, no page of the dashboard, no trained model, no pool of processes: while writing
	$(PYTHON) -m pytest -q -n0 -m "not browser and not model" \
		--ignore tests/browser --ignore tests/dashboard --ignore tests/scoring/test_engines.py

test:  # everything, as the README has it
	$(PYTHON) -m pytest

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

pictures:  # of the dashboard in docs/images, on the sample corpus; needs Chromium
	PYTHONPATH=. $(PYTHON) tests/pictures.py data/demo

docs:  # the generated pages of docs/ and sections of the README
	$(PYTHON) -m analytics.documentation
