# The two commands of a newcomer are `make run` and `make test`; each sets up .venv by itself.
# Needs Python 3.11+, pip and make. uv is used when it is on the PATH, for speed only.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DATA ?= data

.PHONY: help run dev test check quality benchmark docs clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "summit_pipeline needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV) (about a minute, once) ..."
	@if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(READY)

run: $(READY)  ## run the main job on the configured sources (the seeds) and show the result
	@$(BIN)/summit run --data $(DATA)

dev: $(READY)  ## start the Dagster UI on http://localhost:3000
	@$(BIN)/summit dev --data $(DATA)

test: $(READY) check  ## style, types, quality floors (where the data is there) and tests: what CI runs
	@# The floors take the second core; the tests' own closing line comes last but for them.
	@$(BIN)/python -m benchmarks floors > $(VENV)/floors.log 2>&1 & floors=$$!; \
	$(BIN)/pytest; tests=$$?; \
	wait $$floors; missed=$$?; \
	if [ $$missed -ne 0 ]; then cat $(VENV)/floors.log; else echo; tail -1 $(VENV)/floors.log; fi; \
	exit $$((tests + missed))

check: $(READY)  ## style and types only
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

benchmark: $(READY)  ## all benchmarks on the evaluation data (SUMMIT_EVAL_DIR)
	@$(BIN)/python -m benchmarks all

docs: $(READY)  ## write the generated pages again
	@$(BIN)/python -m summit_pipeline.warehouse.data_dictionary

clean:  ## remove what this project made here, the environment and the data included
	rm -rf $(VENV) $(DATA) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
