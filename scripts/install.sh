#!/bin/sh
# Makes or renews the environment in the folder given: pinned packages and this checkout itself.
set -eu

venv=$1
if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    python=$("$(dirname "$0")/find_python.sh")
    echo "Making $venv with $python ..."
    "$python" -m venv --clear "$venv"
fi

echo "Installing the pinned packages: the first time this takes some minutes ..."
"$venv/bin/python" -m pip install --disable-pip-version-check \
    --constraint constraints.txt --editable '.[dev]'
