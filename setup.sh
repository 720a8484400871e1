#!/bin/sh
# setup.sh PYTHON VENV [dev]: the virtual environment.  setup.sh chromium: the browser of the page tests, where it may be installed.
set -eu

if [ "$1" = chromium ]; then
    command -v chromium >/dev/null 2>&1 && exit 0
    root=""
    [ "$(id -u)" = 0 ] || root="sudo -n"
    if command -v apt-get >/dev/null 2>&1 && $root true 2>/dev/null; then
        echo "Installing Chromium for the page tests ..."
        { $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1 || true
    fi
    command -v chromium >/dev/null 2>&1 || echo "Chromium is missing and cannot be installed here: the page tests will be skipped (they fail under CI=true). Install the package 'chromium'."
    exit 0
fi

python=$1 venv=$2 group=${3:-}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; '$python' is older. Try: make PYTHON=python3.12"; exit 1; }
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing into $venv (about a minute) ..."
"$venv/bin/python" -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
if [ "$group" = dev ]; then
    "$venv/bin/python" -m pip install -q --disable-pip-version-check -e ".[neo4j]" --group dev
else
    "$venv/bin/python" -m pip install -q --disable-pip-version-check -e .
fi
