#!/bin/sh
# Prints a Python of 3.11 or newer that can make an environment with pip; says what to do if none.
# PYTHON names the one to take.
set -eu

found=""
for name in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    found=$name
    "$name" -c 'import ensurepip, venv' 2>/dev/null || continue
    echo "$name"
    exit 0
done

if [ -n "$found" ]; then
    echo "$found has no venv module with pip: on Debian or Ubuntu run" \
        "'apt-get install python3-venv' as root, then make again." >&2
else
    echo "No Python 3.11 or newer${PYTHON:+ at $PYTHON}: install one," \
        "or name it: make install PYTHON=/path/to/python3." >&2
fi
exit 1
