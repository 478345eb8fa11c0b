#!/bin/sh
# Run a command with a PostgreSQL and a Redis of its own beside it, on sockets in a temporary folder.
# As root on Debian they are installed where missing; elsewhere the tests that need them say so and skip.
set -eu

find_postgres() {
  pg=$(command -v initdb 2>/dev/null || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 || true)
  pg=${pg%/initdb}
}

find_postgres
if [ -z "$pg" ] || ! command -v redis-server >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # no cluster of the system's: the tests make their own
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql redis-server
    find_postgres
  fi
fi

dir=$(mktemp -d)
stop() {
  [ -z "${redis:-}" ] || kill "$redis" 2>/dev/null || true
  # su may stand between: the server itself says who it is
  [ ! -s "$dir/pg/data/postmaster.pid" ] || kill -INT "$(head -n 1 "$dir/pg/data/postmaster.pid")" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap stop EXIT INT TERM

as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi; }

if [ -n "$pg" ]; then
  mkdir "$dir/pg"
  chmod 755 "$dir"
  [ "$(id -u)" != 0 ] || chown postgres "$dir/pg"
  as_postgres "'$pg/initdb' -D '$dir/pg/data' -U quizgame -A trust -E UTF8 --no-locale --no-sync >/dev/null"
  as_postgres "exec '$pg/postgres' -D '$dir/pg/data' -k '$dir/pg' -c listen_addresses= -c max_connections=200" 2>"$dir/postgres.log" &
  for _ in $(seq 100); do
    [ -S "$dir/pg/.s.PGSQL.5432" ] && break
    sleep 0.1
  done
  QUIZGAME_TEST_POSTGRES="postgresql+psycopg://quizgame@/postgres?host=$dir/pg"
  export QUIZGAME_TEST_POSTGRES
fi
if command -v redis-server >/dev/null; then
  redis-server --port 0 --unixsocket "$dir/redis.sock" --save "" --daemonize no >/dev/null 2>&1 &
  redis=$!
  for _ in $(seq 100); do
    [ -S "$dir/redis.sock" ] && break
    sleep 0.1
  done
  QUIZGAME_TEST_REDIS="unix://$dir/redis.sock"
  export QUIZGAME_TEST_REDIS
fi

"$@"
