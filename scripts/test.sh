#!/bin/sh
# Lint, types and all tests. Tests name what they did not run in the last lines; see tests/conftest.py.
set -eu

bin=$1
WENZHENG_BROWSER=$("$(dirname "$0")/find_browser.sh")
export WENZHENG_BROWSER
"$(dirname "$0")/find_office.sh"

"$bin/ruff" check
"$bin/ruff" format --check
"$bin/mypy"
"$bin/pytest"
