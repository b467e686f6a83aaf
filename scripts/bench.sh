#!/usr/bin/env bash
# Prints ratios against named baselines, of all parts or of those that are named. Close other work first: it measures time.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Parts that look through a browser say so when there is none.
if ! command -v chromium >/dev/null && command -v apt-get >/dev/null && [[ $# -eq 0 || " $* " == *" painted "* || " $* " == *" restyle "* ]]; then
  echo "Installing: chromium fonts-noto-cjk"
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } || true
fi
exec dotnet run -c Release --project scripts/bench -- "$@"
