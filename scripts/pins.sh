#!/bin/sh
# Writes constraints.txt anew from what pip chooses today for pyproject.toml, in a fresh environment.
# Comments and pins with a condition (";") stay: they are for other machines than this one.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$("$(dirname "$0")/find_python.sh")" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet '.[dev]'
grep '^#' constraints.txt > "$work/comments"
{
    grep '^[^#].*;' constraints.txt || true
    # A build tag (+cpu) would tie the pins to one kind of machine.
    "$work/venv/bin/python" -m pip freeze --all --exclude pip --exclude wenzheng | sed "s/+.*//"
} | LC_ALL=C sort -f > "$work/pins"
cat "$work/comments" "$work/pins" > constraints.txt
