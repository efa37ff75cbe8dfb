# shellcheck shell=bash
# Sourced by the other scripts: where things are, which versions are wanted, and how to speak.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Tools live outside the work tree, so that a fresh clone on the same machine finds them again.
TOOLS=${WAYSCOPE_TOOLS:-${CARGO_HOME:-$HOME/.cargo}/wayscope-tools}

TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132.0.0
ESBUILD_VERSION=0.28.2
CARGO_DENY_VERSION=0.20.2
# The command line tool must be of the very version that the library is locked to.
WASM_BINDGEN_VERSION=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' "$ROOT/Cargo.lock")

# Each version has a folder of its own: changing one never breaks another checkout.
TRUNK_ROOT=$TOOLS/trunk-$TRUNK_VERSION
BINARYEN_ROOT=$TOOLS/binaryen-$BINARYEN_VERSION
ESBUILD_ROOT=$TOOLS/esbuild-$ESBUILD_VERSION
CARGO_DENY_ROOT=$TOOLS/cargo-deny-$CARGO_DENY_VERSION
WASM_BINDGEN_ROOT=$TOOLS/wasm-bindgen-cli-$WASM_BINDGEN_VERSION
PATH=$TRUNK_ROOT/bin:$WASM_BINDGEN_ROOT/bin:$BINARYEN_ROOT/node_modules/.bin:$ESBUILD_ROOT/node_modules/.bin:$CARGO_DENY_ROOT/bin:$PATH
export PATH

# Trunk and its subcommands take NO_COLOR for a flag and refuse any value but true or false.
unset NO_COLOR

# Dependencies cost minutes to compile. On CI every run is a fresh clone, so there the target folder lies beside the
# tools and is kept; without incremental data and most of what a debugger wants, from which only a developer profits.
# Elsewhere it stays ./target, which cargo, editors and make then share, and which two checkouts never fight over.
if [ "${CI:-}" = true ]; then
    export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$TOOLS/target}
    export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=line-tables-only
fi

say() { printf '\n==> %s\n' "$*" >&2; }

# die WHAT_IS_WRONG [WAY_OUT...]
die() {
    printf '\nwayscope: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit 1
}

# Messages of panics name source files: not by the paths of the machine that built them. Joined to .cargo/config.toml.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src/="
