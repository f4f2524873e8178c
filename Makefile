# From nothing but Python >= 3.11 and make: every target builds .venv when the lock changes.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
READY := .venv/.ready
# Tests write thousands of small databases: in memory, where it has 4 GB of room, that takes half as long.
MEMORY := $(shell df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000 {print "PYTEST_DEBUG_TEMPROOT=/dev/shm"}')
# One more than the usual two cores: tests wait for threads and processes a sixth of their time.
WORKERS ?= 3
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo run test test-browser check bench bench-language bench-danger endurance gallery format lock translations docs sentences clean

demo: $(READY) ## try it: a page at http://127.0.0.1:8080, no token needed
	@$(BIN)/portevoix demo

run: $(READY) ## start the bot on the platforms that have a token
	@$(BIN)/portevoix run

test: $(READY) ## every test but the browser's
	@$(MEMORY) PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not browser" --ignore tests/browser

test-browser: $(READY) ## the demo in a real browser (needs chromium)
	@$(BIN)/pytest -q -m browser

check: $(READY) ## style, types, import contracts, migration drift, stale docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m storage.schema.drift
	@$(BIN)/python -m bot.docs --check

bench: $(READY) ## measure speed, memory and size anew, and write docs/benchmarks.md (ten minutes); DATA as below
	@DATA=$(DATA) $(BIN)/python -m benchmarks

bench-language: $(READY) ## how right, quiet and fast the answers are; DATA=FOLDER with public data
	@$(BIN)/python -m benchmarks.language $(DATA)

bench-danger: $(READY) ## how much danger is recognised, and what ordinary texts alarm; DATA=FOLDER with public data
	@$(BIN)/python -m benchmarks.danger $(DATA)

endurance: $(READY) ## long proofs: crashes at every step, takeovers, outages, a million rows
	@$(BIN)/pytest -q tests/endurance -o testpaths=tests/endurance

gallery: $(READY) ## draw what people are shown most, as each platform shows it, into docs/gallery (needs chromium)
	@$(BIN)/pytest -q tests/gallery/photographs.py

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

sentences: $(READY) ## learn the sentences of danger anew, after one was changed
	@$(BIN)/python -m bot.recognition.meaning

docs: $(READY) ## write what is generated from the code
	@$(BIN)/python -m bot.docs
	@$(BIN)/python -m storage.schema.snapshot

translations: $(READY) ## bring the catalogues to the messages in the code, and compile them
	@$(BIN)/python -m bot.translations

lock: $(READY) ## choose the newest versions that fit pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --group dev pyproject.toml --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Portevoix needs Python 3.11 or newer."; exit 1; }
	@echo "Preparing .venv (once)…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
