# Two commands a newcomer needs: `make serve` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help serve test browser check format bench fault lock clean

help:            ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

serve: $(VENV)/.runs  ## set everything up and serve on loopback with demonstration data
	@exec $(BIN)/huyuan serve

test: $(VENV)/.develops browser  ## the whole test suite on a real MongoDB
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --cov --cov-report=term
	@$(BIN)/coverage report --fail-under=100 --include="$(RULES)"

RULES := inspections/*/workflow.py,inspections/*/planning.py,inspections/*/turns.py,inspections/*/judging.py,inspections/*/reckoning.py,inspections/*/targets.py,inspections/*/scoring.py,inspections/*/joint.py,inspections/*/calendar.py,$\
	inspections/*/search.py,inspections/*/drawing.py,inspections/*/clock.py,inspections/*/plausibility.py,inspections/*/reminders.py,inspections/*/objection.py,inspections/*/inheritance.py,inspections/*/addressing.py,$\
	service/delivery/addresses.py,service/delivery/retries.py,$\
	inspections/cases/*/decision.py,inspections/cases/*/opening.py,inspections/*/review.py,checklists/generation/rules.py,checklists/generation/items.py,checklists/generation/strictness.py,checklists/generation/comparing.py,checklists/decisions/rules.py,checklists/plans/validity.py,checklists/regions/succession.py,service/tables/cells.py,$\
	media/custody/chain.py,media/checkpoints/merkle.py,media/evidence/reuse.py,media/evidence/clocks.py,media/retention/rules.py,media/places/datum.py,media/places/outline.py

browser:         ## chromium, Chinese fonts, nginx and faketime for the tests, where root may install them
	@{ command -v chromium && PATH="$$PATH:/usr/sbin" command -v nginx && command -v faketime && fc-list | grep "Serif CJK"; } >/dev/null 2>&1 || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "护园: installing chromium, Chinese fonts, Pango, nginx and faketime for the tests …"; \
	  apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk libpangoft2-1.0-0 fontconfig nginx faketime >/dev/null; \
	else echo "tests in a browser, of PDF, of the proxy and of a clock that jumps are skipped without: apt-get install chromium fonts-noto-cjk libpangoft2-1.0-0 nginx faketime"; fi

check: $(VENV)/.develops  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.develops  ## write the format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.develops  ## benchmarks
	$(BIN)/python -m pytest -m bench -s --no-cov tests

fault: $(VENV)/.develops  ## the long fault tests
	$(BIN)/python -m pytest -m fault --no-cov tests

$(VENV)/bin/python:
	@echo "护园: making an environment of its own in $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: requirements.txt setup.cfg | $(VENV)/bin/python
	@echo "护园: installing what the service needs (exact versions, checked by hash) …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.develops: requirements-dev.txt $(VENV)/.runs
	@echo "护园: installing what the tests and checks need …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

lock:            ## write the exact pins anew from setup.cfg (needs uv)
	uv pip compile -q --upgrade --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --python-version 3.11 --extra embedded setup.cfg requirements-build.in -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --python-version 3.11 --all-extras -c requirements.txt setup.cfg -o requirements-dev.txt

clean:           ## remove what was built; the data folder stays
	rm -rf $(VENV) build dist *.egg-info
