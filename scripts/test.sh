#!/usr/bin/env bash
# Installs what the tests need from Debian's packages, builds with warnings as errors, runs every test, and ends with a
# line "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
# The counts below are read out of the runner's own words.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

source scripts/needs.sh
needs chromium fonts strace util-linux mount xmllint

dotnet build HongqiaoDashboard.sln -warnaserror --nologo -v minimal

results=$(mktemp)
trap 'rm -f "$results"' EXIT
status=0
dotnet test --no-build --solution HongqiaoDashboard.sln "$@" 2>&1 | tee "$results" || status=$?
passed=$(sed -nE 's/^ *succeeded: *([0-9]+).*/\1/p' "$results" | tail -1)
failed=$(sed -nE 's/^ *failed: *([0-9]+).*/\1/p' "$results" | tail -1)
echo "${passed:-0} passed, ${failed:-1} failed"
[ "$status" = 0 ] && [ "${failed:-1}" = 0 ] && [ "${passed:-0}" -gt 0 ]
