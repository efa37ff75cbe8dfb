#!/usr/bin/env bash
# Builds the page into dist/, optimised, with its compressed copies.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$ROOT"

bash .make/tools.sh build
# Trunk works offline, and tells cargo to do so. Macros and build scripts are compiled for this machine.
cargo fetch --locked --target wasm32-unknown-unknown --target "$(rustc -vV | sed -n 's/^host: //p')"
say "Building the page"
# A panic trace of trunk tells nothing of why a build failed; the compiler has said that above it.
RUST_BACKTRACE=0 trunk --skip-version-check build --release
node .make/finish.mjs dist
