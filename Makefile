# make demo    see the bot at work; needs no account (make demo ARGS=--once ends by itself)
# make test    run all tests (installs Dovecot where it may)
# make golden  write the replies anew that tests compare with
# make fuzz    break a million mails and read them (COUNT=…, SEED=…)
# make torture kill, cut and mislead the program, and judge it; about a quarter of an hour (FULL=1: the figures of a release, hours)
# make screenshots   take the pictures of the review pages anew (needs Chromium)
# make check   what every commit must pass: format, types, rooms, tests
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
COUNT ?= 1000000
SEED ?= 1

.PHONY: setup demo test check golden screenshots fuzz torture bench-intake bench-understanding bench-web lint format model lock clean

setup: .venv/ready

.venv/ready: requirements/dev.txt pyproject.toml
	scripts/make-venv $(PYTHON)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready

demo: setup
	$(BIN)/responder demo $(ARGS)

test: setup
	scripts/install-servers
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: lint test

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

model: setup
	$(BIN)/responder train models/default/corpus --into models/default

golden: setup
	$(BIN)/python -m tests.docs.golden

screenshots: setup
	scripts/install-servers
	$(BIN)/python scripts/screenshots.py docs/screenshots

fuzz: setup
	PYTHONPATH=. $(BIN)/python benchmarks/fuzz.py --count $(COUNT) --seed $(SEED)

torture: setup
	scripts/install-servers
	$(BIN)/python -m tests.torture --seed $(SEED) $(if $(FULL),--full) $(ARGS)

# MAIL is a folder with mail/, machine_mail/ and quotes/, as benchmarks/README.md describes.
bench-intake: setup
	$(BIN)/python benchmarks/intake.py $(MAIL)

# INTENTS is a folder with the sets that benchmarks/labels.toml maps to our labels.
bench-understanding: setup
	$(BIN)/python benchmarks/understanding.py $(INTENTS)

bench-web: setup
	PYTHONPATH=. $(BIN)/python benchmarks/web.py --seed $(SEED) $(ARGS)

# The lock: every package with its hashes and no address. Needs uv.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra demo --group dev pyproject.toml -o requirements/dev.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
