#!/usr/bin/env bash
# Runs the benchmarks; what they read from the environment stands in tests/bench/run.mjs.
set -euo pipefail
. "$(dirname "$0")/env.sh"
. "$ROOT/.make/packages.sh"
cd "$ROOT"

need_browser
exec node tests/bench/run.mjs
