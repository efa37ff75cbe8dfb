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

bench: $(PAGE) $(E2E) ## Print sizes, and run the benchmarks
	@node tests/bench/run.mjs

clean: ## Remove what was built here (tools are kept)
	rm -rf dist target tests/e2e/node_modules

$(PAGE): $(SOURCES)
	@bash .make/page.sh

$(E2E): tests/e2e/package.json tests/e2e/package-lock.json
	@bash .make/tools.sh node
	npm ci --prefix tests/e2e --no-audit --no-fund
	@touch $@
