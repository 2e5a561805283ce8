#!/bin/sh
# Runs a command with a private PostgreSQL: a fresh cluster in a temporary folder, reached by a socket
# only, ended with the command.  SOSEI_TEST_DATABASE holds its URL.  Exit code 77: no PostgreSQL here.
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || echo /none/initdb)")
[ -x "$bin/initdb" ] || { echo "sosei: PostgreSQL is not installed; its tests are left out" >&2; exit 77; }
folder=$(mktemp -d)
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$folder"
finish() { as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap finish EXIT
trap 'exit 130' INT TERM
as_owner "$bin/initdb" -D "$folder/data" -U sosei -A trust -E UTF8 --no-locale >/dev/null
as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
  -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off" start >/dev/null
chmod 755 "$folder"
SOSEI_TEST_DATABASE="postgresql://sosei@/postgres?host=$folder"
export SOSEI_TEST_DATABASE
"$@"
