#!/usr/bin/env bash
# Prints ratios against named baselines; about a minute and a half, build included. Close other work first: it measures time.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
exec dotnet run -c Release scripts/bench.cs
