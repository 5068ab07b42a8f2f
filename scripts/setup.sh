#!/usr/bin/env bash
# Installs the locked packages into .venv. Nothing is written outside the project folder.
set -euo pipefail
cd "$(dirname "$0")/.."

export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/.uv/cache}"
export UV_PYTHON_INSTALL_DIR="$PWD/.uv/python"
export UV_NO_CONFIG=1
# Certificates of the system, so that an organisation's proxy is trusted as it is elsewhere.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
export PIP_CACHE_DIR="${PIP_CACHE_DIR:-$PWD/.uv/pip}"

fail() {
    echo "setup: $1" >&2
    exit 1
}

# The interpreter itself, not a pyenv shim: uv cannot use shims.
python310() {
    local candidate found
    for candidate in python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10 \
        /usr/local/bin/python3.10 /opt/python3.10/bin/python3.10; do
        found=$(PYENV_VERSION="$(pyenv_version)" "$candidate" -c \
            'import sys; assert sys.version_info[:2] == (3, 10); print(sys.executable)' \
            2>/dev/null) && echo "$found" && return 0
    done
    return 1
}

pyenv_version() {
    ls "${PYENV_ROOT:-$HOME/.pyenv}/versions" 2>/dev/null | grep -m1 '^3\.10\.' || true
}

# uv: the one on PATH, else one installed into the project's own folder with any Python 3.
find_uv() {
    command -v uv && return 0
    [ -x .uv/tools/bin/uv ] && echo .uv/tools/bin/uv && return 0
    local python
    for python in python3 python "${1:-}"; do
        [ -n "$python" ] && command -v "$python" >/dev/null 2>&1 || continue
        if "$python" -m venv .uv/tools >/dev/null 2>&1 &&
            .uv/tools/bin/python -m pip install --quiet --disable-pip-version-check uv >&2; then
            echo .uv/tools/bin/uv
            return 0
        fi
        rm -rf .uv/tools
        # A Python without venv can still unpack a package into a folder.
        if "$python" -m pip install --quiet --disable-pip-version-check --target .uv/tools uv >&2; then
            echo .uv/tools/bin/uv
            return 0
        fi
        rm -rf .uv/tools
    done
    return 1
}

mkdir -p .uv
interpreter=$(python310 || true)
uv=$(find_uv "$interpreter") || fail "uv could not be installed: install Python 3 with pip (Debian: apt install python3-venv), or uv itself (docs.astral.sh/uv)"

if [ -n "$interpreter" ]; then
    export UV_PYTHON="$interpreter" UV_PYTHON_DOWNLOADS=never
elif ! "$uv" python install 3.10 >&2; then
    fail "Python 3.10 was not found and could not be fetched: install Python 3.10 (pyenv install 3.10, or your system's package) and try again"
fi

echo "Installing the packages (the first time takes a minute)." >&2
"$uv" sync --frozen --quiet --extra dev --extra postgres || fail "the packages could not be installed: see the lines above"
