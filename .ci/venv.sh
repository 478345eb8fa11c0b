#!/bin/sh
# Make the virtual environment; on Debian without python3-venv, install that first where we may.
set -eu
dir=$1
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or newer is needed" >&2
  exit 1
}
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv
  else
    echo "python3 has no venv module. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2
    exit 1
  fi
fi
python3 -m venv "$dir"
