VENV ?= .venv
PY   := $(VENV)/bin/python
BIN  := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check format lock bench messages seed migration clean

run: $(VENV)/.run ## install, migrate, seed and serve at http://127.0.0.1:5000
	@exec $(PY) -m quizgame serve

test: $(VENV)/.dev ## install what the tests need, a browser included, and run them all
	@sh .ci/browser.sh $(PY)
	@sh .ci/services.sh $(PY) -m pytest -n 2 --dist loadfile $(TESTS)

check: $(VENV)/.dev ## lint, types, import contracts, templates, content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(PY) -m quizgame check-content

format: $(VENV)/.dev ## format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

lock: ## pin all dependencies again, by name, version and hash only (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --all-extras --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	! grep -nE '(https?|file)://|--(extra-)?index-url|--find-links' requirements.txt requirements-dev.txt

bench: $(VENV)/.dev ## measure the running game against its own bare route
	$(PY) tests/bench/bench.py $(BENCH)

messages: $(VENV)/.dev ## collect the words of the pages for translators, and compile what they sent
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ --no-location --sort-output --omit-header -o quizgame/translations/messages.pot .
	for po in quizgame/translations/*/LC_MESSAGES/messages.po; do [ ! -e "$$po" ] || $(BIN)/pybabel -q update -i quizgame/translations/messages.pot -d quizgame/translations; break; done
	$(BIN)/pybabel -q compile -d quizgame/translations 2>/dev/null || true

seed: $(VENV)/.run ## load the documents of seeds/ into the database
	$(PY) -m quizgame migrate
	$(PY) -m quizgame seed

migration: $(VENV)/.dev ## draft a migration: make migration m="Add classrooms"
	$(PY) -m quizgame make-migration "$(m)"

clean: ## remove the virtual environment and what tools left behind (never the data)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results dist

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(PY):
	@sh .ci/venv.sh $(VENV)

$(VENV)/.run: $(PY) requirements.txt
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: $(PY) requirements-dev.txt
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.run
