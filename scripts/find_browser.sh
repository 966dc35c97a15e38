#!/bin/sh
# Prints the path of a Chromium-like browser, or nothing. Installs one only as root on Debian, where
# that asks nobody. WENZHENG_BROWSER names the one to take.
set -eu

if [ -n "${WENZHENG_BROWSER:-}" ]; then
    command -v "$WENZHENG_BROWSER" && exit
    echo "WENZHENG_BROWSER=$WENZHENG_BROWSER is not a program: correct or unset it." >&2
    exit 1
fi

on_path() {
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        command -v "$name" && return
    done
    return 1
}

on_path && exit
if [ "$(id -u)" = 0 ] && grep -q '^ID=debian$' /etc/os-release 2>/dev/null; then
    echo "Installing chromium and Chinese fonts for the browser tests ..." >&2
    {
        apt-get update &&
            DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
                chromium fonts-noto-cjk
    } >&2 || echo "No browser could be installed." >&2
fi
on_path || true
