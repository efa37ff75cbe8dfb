#!/usr/bin/env bash
# Builds what `make bench` measures part by part, optimised as the page is, into tests/bench/built/.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$ROOT"

bash .make/tools.sh build
say "Building the instruments of the benchmarks"
cargo build --locked --release --target wasm32-unknown-unknown --features bench --bin instruments
target=${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release
wasm-bindgen --target web --no-typescript --out-dir tests/bench/built "$target/instruments.wasm"
# The page's own choice.
read -ra options < <(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' www/index.html)
wasm-opt "${options[@]}" tests/bench/built/instruments_bg.wasm -o tests/bench/built/instruments_bg.wasm
