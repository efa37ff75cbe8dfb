#!/usr/bin/env bash
# Runs one kind of tests: `test.sh native|browser|e2e`; after `e2e`, some test files instead of all of them.
set -euo pipefail
. "$(dirname "$0")/env.sh"
. "$ROOT/.make/packages.sh"
cd "$ROOT"

case ${1:-} in
native)
    bash .make/tools.sh rust
    need_server prometheus prometheus
    need_server prometheus promtool
    need_server victoria-metrics victoria-metrics
    say "Native tests"
    cargo test --locked
    ;;
browser)
    bash .make/tools.sh browser
    need_browser
    need_driver
    say "Browser tests"
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
    export WASM_BINDGEN_TEST_TIMEOUT=${WASM_BINDGEN_TEST_TIMEOUT:-120}
    cargo test --locked --target wasm32-unknown-unknown --test browser
    ;;
e2e)
    need_browser
    need_server prometheus prometheus
    need_server prometheus promtool
    need_server caddy caddy
    say "End-to-end tests"
    shift
    [ $# -gt 0 ] || set -- tests/e2e/*.test.mjs
    node --test "$@"
    ;;
*) die "usage: test.sh native|browser|e2e" ;;
esac
