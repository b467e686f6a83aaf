#!/usr/bin/env bash
# Prints ratios against named baselines, of all parts or of those that are named. Close other work first: it measures time.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
exec dotnet run -c Release --project scripts/bench -- "$@"
