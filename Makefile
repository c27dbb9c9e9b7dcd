# Everything a person does with this project, one word each. `make help` lists them.

PYTHON ?=
PORT ?= 8000
export PYTHON PORT

VENV = .venv/bin
WAGTAIL8 = .venv-wagtail8/bin/python
ANY_PYTHON = $$(sh scripts/find-python)
DEV = @python="$(ANY_PYTHON)" && "$$python" scripts/environment.py --dev

.DEFAULT_GOAL := help
.PHONY: help run dev test test-long test-wagtail8 lint checks format messages lock clean

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{ printf "%-21s %s\n", $$1, $$2 }'

run: ## from a clean checkout to the complete site on http://127.0.0.1:8000 (PORT=8001 for another port)
	@python="$(ANY_PYTHON)" && exec "$$python" scripts/run.py

dev: ## serve with debug pages, reloading when the code changes
	$(DEV)
	@DJANGO_SETTINGS_MODULE=cms.settings.dev $(VENV)/python manage.py prepare_site
	@DJANGO_SETTINGS_MODULE=cms.settings.dev $(VENV)/python manage.py runserver 127.0.0.1:$(PORT)

test: lint checks ## what CI runs: style, checks, tests
	$(VENV)/pytest -n 2
	@$(VENV)/python -m tests.services postgresql -- $(VENV)/pytest -m walk

test-long: lint checks ## everything, the slow tests too, on PostgreSQL and with the next Wagtail as well
	$(VENV)/pytest -n 2 --long
	@$(VENV)/python -m tests.services postgresql -- $(VENV)/pytest -n 2 --long
	@$(MAKE) --no-print-directory test-wagtail8

test-wagtail8: ## checks, and all tests but those of a browser, with the next Wagtail
	@python="$(ANY_PYTHON)" && "$$python" scripts/environment.py --wagtail8
	$(WAGTAIL8) manage.py check --settings=cms.settings.test --fail-level WARNING
	$(WAGTAIL8) manage.py makemigrations --settings=cms.settings.test --check --dry-run
	$(WAGTAIL8) -m pytest -n 2 tests/unit tests/integration tests/engines tests/faults

lint: ## style, types, templates, the arrows between rooms
	$(DEV)
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/djlint --quiet --lint .
	$(VENV)/lint-imports --no-logo

checks: ## system checks, migrations, Spanish strings, locks
	$(DEV)
	@$(VENV)/python -m cms.serving.catalogues
	$(VENV)/python manage.py check --settings=cms.settings.test --fail-level WARNING
	$(VENV)/python manage.py makemigrations --settings=cms.settings.test --check --dry-run
	$(VENV)/python scripts/check_messages.py
	$(VENV)/python scripts/check_requirements.py

format: ## put code in the project's style
	$(DEV)
	$(VENV)/ruff check --fix
	$(VENV)/ruff format

messages: ## bring the message catalogue up to date with the code (needs gettext)
	$(DEV)
	$(VENV)/python scripts/check_messages.py --update

lock: ## renew the locked requirements from requirements*.in (needs uv)
	@sh scripts/lock-requirements

clean: ## remove the virtual environment and caches; data/ stays
	rm -rf .venv .venv-wagtail8 .mypy_cache .pytest_cache .ruff_cache .import_linter_cache locale/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
