#!/usr/bin/env bash
# Prints ratios against named baselines, of all parts or of those that are named. Close other work first: it measures time.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Parts that look through a browser say so when there is none.
if [[ $# -eq 0 || " $* " == *" painted "* || " $* " == *" restyle "* ]]; then
  source scripts/needs.sh
  needs chromium fonts || true
fi
exec dotnet run -c Release --project scripts/bench -- "$@"
