# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What every script here begins with: strict mode, the repository root as working folder, timed steps.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

JOBS=${JOBS:-$(nproc)}
export JOBS
# Sanitizers look for llvm-symbolizer by that plain name; Debian keeps it here.
export PATH=$PATH:/usr/lib/llvm-19/bin

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# step <title> <command...>: runs the command and tells how long it took. The command is a program or
# a function of one `&&` chain: strict mode does not reach inside.
step() {
  local title=$1 began=$SECONDS status=0
  shift
  printf '\n== %s\n' "$title"
  "$@" || status=$?
  if ((status == 0)); then
    printf -- '-- %s: done in %d s\n' "$title" $((SECONDS - began))
  else
    printf -- '-- %s: FAILED with status %d after %d s\n' "$title" "$status" $((SECONDS - began)) >&2
  fi
  return "$status"
}

# build <preset> [target...]: configures and builds into build/<preset>; without targets, everything.
build() {
  local preset=$1
  shift
  step "configure $preset" cmake --preset "$preset" &&
    step "build $preset" cmake --build --preset "$preset" --parallel "$JOBS" ${1:+--target "$@"}
}

# run_tests <preset>: every test that build/<preset> knows.
run_tests() {
  step "test $1" ctest --preset "$1" --parallel "$JOBS" --no-tests=error
}

# project_sources: the C++ files of the project, NUL-separated.
project_sources() {
  find . \( -path ./build -o -path ./.git -o -path ./.cache \) -prune -o \
    -type f \( -name '*.hpp' -o -name '*.cpp' \) -print0
}
