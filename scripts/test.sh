#!/usr/bin/env bash
# Installs what the tests need from Debian's packages, builds with warnings as errors, runs every test, and ends with a
# line "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
# The counts below are read out of the runner's own words.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

packages=()
command -v chromium >/dev/null || packages+=(chromium)
fc-list 2>/dev/null | grep -q "Noto Sans CJK" || packages+=(fonts-noto-cjk fontconfig)
command -v strace >/dev/null || packages+=(strace)
{ command -v unshare && command -v prlimit; } >/dev/null || packages+=(util-linux)
command -v mount >/dev/null || packages+=(mount)
command -v xmllint >/dev/null || packages+=(libxml2-utils)
if ((${#packages[@]})); then
  echo "Installing: ${packages[*]}"
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

dotnet build HongqiaoDashboard.sln -warnaserror --nologo -v minimal

results=$(mktemp)
trap 'rm -f "$results"' EXIT
status=0
dotnet test --no-build --solution HongqiaoDashboard.sln "$@" 2>&1 | tee "$results" || status=$?
passed=$(sed -nE 's/^ *succeeded: *([0-9]+).*/\1/p' "$results" | tail -1)
failed=$(sed -nE 's/^ *failed: *([0-9]+).*/\1/p' "$results" | tail -1)
echo "${passed:-0} passed, ${failed:-1} failed"
[ "$status" = 0 ] && [ "${failed:-1}" = 0 ] && [ "${passed:-0}" -gt 0 ]
