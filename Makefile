# Two cores and no npm: everything is installed into .venv from hash-pinned lists.
PY := .venv/bin/python
UV_VERSION := 0.13.9

.PHONY: demo demo-reset demo-stop test test-spark check bench bench-stats format lock messages browser postgres spark typefaces

demo: .stamps/run messages
	@$(PY) -m matrikel.cli.main demo start

demo-reset: .stamps/run messages
	@$(PY) -m matrikel.cli.main demo reset

demo-stop:
	@$(PY) -m matrikel.cli.main demo stop

test: .stamps/dev messages browser postgres typefaces
	$(PY) tools/with_postgres.py $(PY) -m pytest tests/domain tests/walls tests/stats/test_stats_postgresql.py tests/stats/test_stats_gates.py -q -n 2 --dist loadfile
	$(PY) -m pytest -n 2 --dist loadfile

# A command of its own: half a gigabyte and a Java machine for each executor, which few need.
test-spark: .stamps/dev messages spark
	MATRIKEL_SPARK_MASTER="local-cluster[2,1,1024]" $(PY) -m pytest tests/stats/test_stats_spark.py tests/stats/test_stats_gates.py -q -n 0

check: .stamps/dev messages
	$(PY) -m ruff format --check src tests tools benchmarks
	$(PY) -m ruff check src tests tools benchmarks
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=tests.settings $(PY) -m mypy
	.venv/bin/lint-imports
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=tests.settings $(PY) -m django makemigrations --check --dry-run
	$(PY) tools/check_house.py
	$(PY) tools/messages.py
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=tests.settings $(PY) tools/build_reference.py --check

bench: .stamps/dev
	$(PY) -m benchmarks

bench-stats: .stamps/dev postgres
	$(PY) tools/with_postgres.py $(PY) -m benchmarks.stats --write

format: .stamps/dev
	$(PY) -m ruff format src tests tools benchmarks
	$(PY) -m ruff check --fix src tests tools benchmarks

# The lists hold no registry address; uv.lock does and is not committed.
lock: .venv/bin/uv
	.venv/bin/uv lock
	.venv/bin/uv export -q --no-emit-project --no-header --no-annotate --no-dev -o requirements.lock
	.venv/bin/uv export -q --no-emit-project --no-header --no-annotate -o requirements-dev.lock
	.venv/bin/uv export -q --no-emit-project --no-header --no-annotate --no-dev --extra spark -o requirements-spark.lock

messages: src/matrikel/web/locale/en/LC_MESSAGES/django.mo

src/matrikel/web/locale/en/LC_MESSAGES/django.mo: src/matrikel/web/locale/en/LC_MESSAGES/django.po | .stamps/run
	@.venv/bin/pybabel -q compile -D django -d src/matrikel/web/locale

browser: .stamps/dev
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium)

postgres:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null \
		|| (apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql)

# The only Ethiopic face: of the system, since no package for Python carries one.
typefaces:
	@ls /usr/share/fonts/truetype/abyssinica >/dev/null 2>&1 \
		|| (apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-sil-abyssinica)

spark: .stamps/spark
	@java -version 2>&1 | grep -qE '"(17|21)[."]' \
		|| (apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless)

.venv/bin/uv:
	python3 -m venv .venv
	.venv/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

.stamps/run: requirements.lock pyproject.toml | .venv/bin/uv
	@mkdir -p .stamps
	VIRTUAL_ENV=.venv .venv/bin/uv pip install -q --require-hashes -r requirements.lock
	VIRTUAL_ENV=.venv .venv/bin/uv pip install -q --no-deps -e .
	@touch $@

.stamps/dev: requirements-dev.lock .stamps/run
	VIRTUAL_ENV=.venv .venv/bin/uv pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

.stamps/spark: requirements-spark.lock .stamps/run
	VIRTUAL_ENV=.venv .venv/bin/uv pip install -q --require-hashes -r requirements-spark.lock
	@touch $@
