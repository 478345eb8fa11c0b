#!/bin/sh
# See to it that there is a Chromium for the browser tests: one that is there, else Debian's, else Playwright's own.
set -eu
py=$1

apt() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Playwright's driver is a Node binary that links libatomic, which a minimal Debian lacks
"$py" -m playwright --version >/dev/null 2>&1 || apt libatomic1 || {
  echo "Playwright's driver does not start: install libatomic1 (Debian, Ubuntu)" >&2
  exit 1
}
for name in "${E2E_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  [ -n "$name" ] && command -v "$name" >/dev/null && exit 0
done
"$py" -c 'import os, sys
from playwright.sync_api import sync_playwright as start
with start() as p: sys.exit(not os.path.exists(p.chromium.executable_path))' && exit 0
apt chromium fonts-dejavu-core && exit 0
exec "$py" -m playwright install chromium
