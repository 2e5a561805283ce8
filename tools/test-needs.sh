#!/bin/sh
# Installs what the slow tests need beside Python packages: LibreOffice, and the document fonts for it.
# With root rights it uses apt-get; otherwise it names what is missing, and those tests skip.
set -eu
need=""
command -v soffice >/dev/null 2>&1 || need="$need libreoffice-calc-nogui"
[ -d /usr/share/fonts/truetype/bizud-gothic ] || need="$need fonts-morisawa-bizud-gothic"
[ -n "$need" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "sosei: installing$need" >&2
  apt-get update -qq >&2
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need >&2
else
  echo "sosei: the tests that print workbooks will skip; as root: apt-get install$need" >&2
fi
