#!/bin/sh
# Prints the path of uv; installs it into .tools/ first where it is missing.
# A private environment is used, so a Python that refuses a bare "pip install" is no obstacle.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
say() { printf 'sosei: %s\n' "$*" >&2; }

if command -v uv >/dev/null 2>&1; then command -v uv; exit 0; fi
if [ -x "$here/.tools/bin/uv" ]; then echo "$here/.tools/bin/uv"; exit 0; fi

python=
for candidate in python3.13 python3.12 python3.11 python3; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  say "Python 3.11, 3.12 or 3.13 is needed and was not found; install it (Debian: apt-get install python3) and try again."
  exit 1
fi

make_environment() { rm -rf "$here/.tools" && "$python" -m venv "$here/.tools" >/dev/null 2>&1; }
if ! make_environment; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing python3-venv with apt-get"
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >&2
    make_environment || { say "a virtual environment cannot be made even with python3-venv."; exit 1; }
  else
    rm -rf "$here/.tools"
    say "the Python module venv is missing; as root: apt-get install python3-venv, or install uv yourself, then try again."
    exit 1
  fi
fi
say "installing uv into .tools/"
"$here/.tools/bin/python" -m pip install --quiet --disable-pip-version-check "uv>=0.9" >&2 ||
  { say "uv could not be installed from the Python package index; check the network and try again."; exit 1; }
echo "$here/.tools/bin/uv"
