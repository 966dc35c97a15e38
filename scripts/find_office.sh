#!/bin/sh
# Makes sure that LibreOffice Writer is there for the tests of .doc and .wps files. Installs it only
# as root on Debian, where that asks nobody.
set -eu

command -v soffice >/dev/null || command -v libreoffice >/dev/null && exit
if [ "$(id -u)" = 0 ] && grep -q '^ID=debian$' /etc/os-release 2>/dev/null; then
    echo "Installing LibreOffice Writer for the tests of .doc and .wps files ..." >&2
    {
        apt-get update &&
            DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
                libreoffice-writer
    } >&2 || echo "LibreOffice could not be installed." >&2
fi
