#!/bin/sh
# setup.sh PYTHON VENV [dev]: the virtual environment.  setup.sh chromium: the browser of the page tests.
# setup.sh neo4j VENV: the server of the Neo4j tests.  Both only where they may be installed.
set -eu

apt_install() {  # NAME PACKAGE...: quietly, where this user may
    name=$1 root=""
    shift
    [ "$(id -u)" = 0 ] || root="sudo -n"
    if command -v apt-get >/dev/null 2>&1 && $root true 2>/dev/null; then
        echo "Installing $name ..."
        { $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 || true
    fi
}

if [ "$1" = chromium ]; then
    command -v chromium >/dev/null 2>&1 || apt_install "Chromium for the page tests" chromium fonts-dejavu-core
    command -v chromium >/dev/null 2>&1 || echo "Chromium is missing and cannot be installed here: the page tests will be skipped (they fail under CI=true). Install the package 'chromium'."
    exit 0
fi

if [ "$1" = neo4j ]; then
    [ -z "${NEO4J_URI:-}" ] || exit 0
    docker info >/dev/null 2>&1 && exit 0
    { command -v java && command -v mvn; } >/dev/null 2>&1 || apt_install "Java and Maven for the Neo4j tests" default-jre-headless maven
    "$2/bin/kg" neo4j fetch >/dev/null || echo "The Neo4j tests will be skipped (they fail under CI=true)."
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
