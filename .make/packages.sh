# shellcheck shell=bash
# Sourced by test.sh: finds the browser and the servers that tests drive, and installs those that are missing.
# What is found is exported, so that the tests use the same.

apt() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive apt-get "$@"
    else
        return 1
    fi
}

# The first of some programs that there is.
first_of() {
    local name
    for name; do
        ! command -v "$name" || return 0
    done
    return 1
}

browser() { first_of chromium chromium-browser google-chrome google-chrome-stable; }
driver() { first_of chromedriver /usr/lib/chromium-browser/chromedriver "${CHROMEWEBDRIVER:-}/chromedriver"; }

need_browser() {
    if [ -z "${WAYSCOPE_CHROMIUM:-}" ] && ! browser >/dev/null; then
        say "Installing Chromium"
        # Ubuntu gives it another name, and the driver with it.
        { apt update -qq && { apt install -y --no-install-recommends chromium chromium-driver ||
            apt install -y --no-install-recommends chromium-browser chromium-chromedriver; }; } >&2 || true
    fi
    WAYSCOPE_CHROMIUM=${WAYSCOPE_CHROMIUM:-$(browser)} || die "Chromium is missing, and apt-get could not install it" \
        "install Chromium or Google Chrome, or set WAYSCOPE_CHROMIUM to its path"
    export WAYSCOPE_CHROMIUM
}

need_driver() {
    if [ -z "${CHROMEDRIVER:-}" ] && ! driver >/dev/null; then
        say "Installing ChromeDriver"
        { apt update -qq && { apt install -y --no-install-recommends chromium-driver ||
            apt install -y --no-install-recommends chromium-chromedriver; }; } >&2 || true
    fi
    CHROMEDRIVER=${CHROMEDRIVER:-$(driver)} || die "ChromeDriver is missing, and apt-get could not install it" \
        "install the one of your browser's version, or set CHROMEDRIVER to its path"
    export CHROMEDRIVER
}

# Unpacks a Debian package without installing it: installed, prometheus and caddy would also be started as services.
unpack() { # PACKAGE
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    local folder=$TOOLS/packages/$1
    rm -rf "$folder.new"
    mkdir -p "$folder.new"
    (
        cd "$folder.new"
        fetch() { apt-get download -o APT::Sandbox::User=root "$1"; }
        fetch "$1" || { apt update -qq && fetch "$1"; }
        dpkg-deb -x ./*.deb . && rm ./*.deb
    ) >&2 || return 1
    rm -rf "$folder"
    mv "$folder.new" "$folder"
}

need_server() { # PACKAGE PROGRAM
    local variable=WAYSCOPE_${2^^} unpacked=$TOOLS/packages/$1/usr/bin/$2 path
    variable=${variable//-/_}
    if [ -z "${!variable:-}" ]; then
        if ! path=$(first_of "$2" "$unpacked"); then
            say "Fetching $1"
            { unpack "$1" && path=$(first_of "$unpacked"); } || die "\`$2\` is missing, and apt-get could not fetch it" \
                "install the package $1, or set $variable to the program's path"
        fi
        export "$variable=$path"
    fi
}
