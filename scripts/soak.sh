#!/usr/bin/env bash
# A million updates compressed in time before a real wall, then ten thousand comings and goings; prints what server and pages
# hold, and ends with 1 when a bound is broken. Options: --updates N, --connects N, --pages N; 0 leaves a part out.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
source scripts/needs.sh
needs chromium fonts
exec dotnet run -c Release --project scripts/soak -- "$@"
