# Every goal installs what it needs and does not find; see .make/tools.sh and .make/packages.sh.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8080
# Origins of back ends that the served page may ask, besides its own; http://localhost of any port as it comes.
CONNECT ?= http://127.0.0.1:* http://localhost:*

# Folders are named too: a file that goes away changes its folder alone.
SOURCES := $(shell find src www) Cargo.toml Cargo.lock Trunk.toml .make/env.sh .make/page.sh .make/finish.mjs
PAGE := dist/assets.json
E2E := tests/e2e/node_modules/.package-lock.json
BENCH := tests/bench/node_modules/.package-lock.json
INSTRUMENTS := tests/bench/built/instruments_bg.wasm

.PHONY: help run dist test test-native test-browser test-e2e lint bench clean

help: ## This list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r goal text; do \
		printf '  make %-14s %s\n' "$$goal" "$$text"; done

run: $(PAGE) ## Build the page where needed, and serve it with a demonstration mesh on http://127.0.0.1:8080 (PORT=…)
	@node .make/serve.mjs --dir dist --port $(PORT) --connect '$(CONNECT)'

dist: $(PAGE) ## Build dist/ for a web server, with .br and .gz copies, and hold it to its budget
	@node .make/sizes.mjs dist

test: test-native test-browser test-e2e ## Run every test

test-native: ## Run the tests that need no browser
	@bash .make/test.sh native

test-browser: ## Run the tests of the browser's rim, in headless Chromium
	@bash .make/test.sh browser

test-e2e: $(PAGE) $(E2E) ## Run the tests of the whole, against real servers in a real browser
	@bash .make/test.sh e2e

lint: ## Check format, lints on both targets, and licences
	@bash .make/lint.sh

bench: $(PAGE) $(E2E) $(BENCH) $(INSTRUMENTS) ## Run the benchmarks beside others' programs (ONLY=layout,chart SIZES=100,300 SEED=…)
	@bash .make/bench.sh

clean: ## Remove what was built here (tools are kept)
	rm -rf dist target tests/e2e/node_modules tests/bench/node_modules tests/bench/built

$(PAGE): $(SOURCES)
	@bash .make/page.sh

$(INSTRUMENTS): $(SOURCES) $(shell find tests/bench/instruments) .make/instruments.sh
	@bash .make/instruments.sh

$(E2E) $(BENCH): tests/%/node_modules/.package-lock.json: tests/%/package.json tests/%/package-lock.json
	@bash .make/tools.sh node
	npm ci --prefix tests/$* --no-audit --no-fund
	@touch $@
