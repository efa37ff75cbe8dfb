#!/usr/bin/env bash
# Installs what is missing to build the page (`tools.sh build`), to test in a browser (browser), to check licences
# (lint); or only sees to Node.js (node) or Rust (rust).
# (What the tests need besides is installed by packages.sh.)
set -euo pipefail
. "$(dirname "$0")/env.sh"

# Is a program of that name on the PATH, and does it give that version?
has() { # PROGRAM VERSION
    command -v "$1" >/dev/null && "$1" --version 2>/dev/null | grep -qwF -- "$2"
}

need_node() {
    command -v node >/dev/null || die "node is missing" "install Node.js 20 or newer, for example: apt-get install nodejs npm"
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 20 ] || die "node is too old: \`$(node --version)\`" "install Node.js 20 or newer"
    command -v npm >/dev/null || die "npm is missing" "install it beside node, for example: apt-get install npm"
}

need_rust() {
    command -v cargo >/dev/null || die "cargo is missing" "install Rust with rustup (https://rustup.rs) and open a new shell"
    local target=wasm32-unknown-unknown
    [ ! -d "$(rustc --print target-libdir --target $target)" ] || return 0
    command -v rustup >/dev/null || die "the Rust target \`$target\` is missing, and rustup is not there to add it" \
        "install Rust with rustup (https://rustup.rs), or your distribution's package of the target"
    say "Adding the Rust target $target"
    rustup target add "$target"
}

cargo_tool() { # CRATE VERSION PROGRAM [FLAG...]
    local crate=$1 version=$2 program=$3
    shift 3
    ! has "$program" "$version" || return 0
    if cargo binstall -V >/dev/null 2>&1; then
        say "Installing $crate $version"
        cargo binstall --no-confirm --root "$TOOLS/$crate-$version" "$crate@$version" || true
        ! has "$program" "$version" || return 0
    fi
    say "Compiling $crate $version into $TOOLS (once; takes some minutes)"
    # Little optimisation: these run for seconds, but would compile for many minutes. A build folder of its own makes
    # an interrupted installation go on where it stopped.
    (
        cd "$TOOLS"
        unset RUSTFLAGS CARGO_BUILD_TARGET
        export CARGO_TARGET_DIR=$TOOLS/build/$crate-$version
        export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=0
        export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
        cargo install --locked --root "$TOOLS/$crate-$version" "$crate" --version "$version" "$@"
    )
    rm -rf "$TOOLS/build/$crate-$version"
    has "$program" "$version" || die "\`$program\` was installed, but does not give version \`$version\`"
}

npm_tool() { # PACKAGE VERSION FOLDER PROGRAM WHAT_ITS_--version_SAYS
    ! has "$4" "$5" || return 0
    say "Installing $4 ($1 $2)"
    npm install --prefix "$3" --no-save --no-audit --no-fund "$1@$2"
    has "$4" "$5" || die "\`$4\` of $1 $2 does not run"
}

mkdir -p "$TOOLS"
# Two runs at a time would compile everything twice.
if command -v flock >/dev/null; then
    exec 9>"$TOOLS/.lock"
    flock -n 9 || { say "Waiting for another installation into $TOOLS" && flock 9; }
fi

case ${1:-} in
node) need_node ;;
rust) need_rust ;;
build)
    need_rust
    need_node
    npm_tool binaryen "$BINARYEN_VERSION" "$BINARYEN_ROOT" wasm-opt "version ${BINARYEN_VERSION%%.*}"
    npm_tool esbuild "$ESBUILD_VERSION" "$ESBUILD_ROOT" esbuild "$ESBUILD_VERSION"
    cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" wasm-bindgen --no-default-features
    cargo_tool trunk "$TRUNK_VERSION" trunk --no-default-features
    ;;
browser)
    need_rust
    cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" wasm-bindgen-test-runner --no-default-features
    ;;
lint)
    need_rust
    cargo_tool cargo-deny "$CARGO_DENY_VERSION" cargo-deny --no-default-features
    ;;
*) die "usage: tools.sh build|browser|lint|node|rust" ;;
esac
