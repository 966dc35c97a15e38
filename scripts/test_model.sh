#!/bin/sh
# Fetches a small language model with its server, unless they are there, and runs the tests that
# need them. Everything fetched is kept outside the checkout; see fetch_model.py.
set -eu

bin=$1
found=$("$bin/python" "$(dirname "$0")/fetch_model.py" small)
MODEL_RUNTIME=$(echo "$found" | sed -n 1p)
MODEL_FILE=$(echo "$found" | sed -n 2p)
export MODEL_RUNTIME MODEL_FILE
# The one file alone: tests that a marker leaves out would count as not run.
"$bin/pytest" -m model tests/test_with_model.py
