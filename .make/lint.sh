#!/usr/bin/env bash
# Format, lints on both targets, licences and bans; advisories where their database can be had.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$ROOT"

deny() { cargo deny --locked --config .deny.toml "$@"; }

bash .make/tools.sh lint
say "Format"
cargo fmt --check
say "Lints, native"
cargo clippy --locked --all-targets -- -D warnings
say "Lints, wasm32"
# The other tests are native: so are the crates they use.
cargo clippy --locked --target wasm32-unknown-unknown --lib --bins --test browser --features bench -- -D warnings
# The demonstration mesh is linked without the rim.
cargo clippy --locked --target wasm32-unknown-unknown --no-default-features --bin demo -- -D warnings
say "Licences, bans, sources"
deny check licenses bans sources
say "Advisories"
if deny fetch db >/dev/null 2>&1; then
    deny --offline check advisories
else
    echo "not checked: the advisory database cannot be reached from here"
fi
