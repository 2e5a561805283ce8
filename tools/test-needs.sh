#!/bin/sh
# Installs what the tests need beside Python packages: a browser, PostgreSQL and Japanese fonts for
# `make test`; with "slow", LibreOffice too.  With root rights it uses apt-get; otherwise it names what
# is missing, and those tests skip, saying so.
set -eu
need=""
{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1 || need="$need chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || need="$need postgresql"
command -v pdftoppm >/dev/null 2>&1 || need="$need poppler-utils"
[ -d /usr/share/fonts/truetype/bizud-gothic ] || need="$need fonts-morisawa-bizud-gothic"
if [ "${1:-}" = slow ]; then
  command -v soffice >/dev/null 2>&1 || need="$need libreoffice-calc-nogui"
fi
[ -n "$need" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "sosei: installing$need" >&2
  apt-get update -qq >&2
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need >&2
else
  echo "sosei: some tests will skip; as root: apt-get install$need" >&2
fi
