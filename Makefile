# Everything a contributor does. Each target sets up what it needs by itself.
export UV_PYTHON_DOWNLOADS = never
SHELL := /bin/sh
UV = $$(tools/find-uv.sh)

.PHONY: demo test test-slow lint fix bench bench-application docs

demo: ## Both example cities: documents in out/, then the application with a login for every role
	@uv=$(UV) && "$$uv" run --frozen --no-dev sosei demo --out out

test: ## The test suite (minutes): everything on SQLite, the application on PostgreSQL too
	@tools/test-needs.sh
	@uv=$(UV) && "$$uv" run --frozen pytest -n 2 --dist loadfile -m "not slow" \
	&& { tools/with-postgres.sh "$$uv" run --frozen pytest -n 2 --dist loadfile tests/web -m "not slow and not browser" || [ $$? = 77 ]; }

test-slow: ## Full matrices of roles and accessibility, soaks, scale, LibreOffice
	@tools/test-needs.sh slow
	@uv=$(UV) && "$$uv" run --frozen pytest -m slow \
	&& { tools/with-postgres.sh "$$uv" run --frozen pytest tests/web -m "slow and not browser" || [ $$? = 77 ]; }

lint: ## Style, types, rooms, templates, deployment, words
	@uv=$(UV) && "$$uv" run --frozen ruff check . \
	&& "$$uv" run --frozen ruff format --check . \
	&& "$$uv" run --frozen mypy \
	&& "$$uv" run --frozen lint-imports \
	&& "$$uv" run --frozen djlint --lint --quiet src/sosei/web/templates \
	&& "$$uv" run --frozen python tools/django_checks.py \
	&& "$$uv" run --frozen python tools/words.py

fix: ## Mend what can be mended by program
	@uv=$(UV) && "$$uv" run --frozen ruff check --fix . && "$$uv" run --frozen ruff format .

bench: ## Benchmarks, each beside a peer or a floor
	@uv=$(UV) && "$$uv" run --frozen --group bench python benchmarks/run.py

bench-application: ## Fifty people, and 1,741 municipalities on PostgreSQL (a quarter of an hour)
	@tools/test-needs.sh
	@uv=$(UV) && PYTHONPATH=.:benchmarks tools/with-postgres.sh "$$uv" run --frozen python benchmarks/b7_application.py

docs: ## Generated parts of docs/: schema, list of rules, pictures
	@uv=$(UV) && "$$uv" run --frozen sosei schema -o docs/schema/plan-1.schema.json \
	&& "$$uv" run --frozen python tools/rules_page.py \
	&& "$$uv" run --frozen python tools/pictures.py \
	&& "$$uv" run --frozen python tools/screens.py
