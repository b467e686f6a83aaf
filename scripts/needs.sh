# Sourced, not run: installs from Debian's packages what is missing of the programs that are named.
#   needs chromium fonts strace ...

needs() {
  local packages=() what
  for what in "$@"; do
    case $what in
      chromium) command -v chromium >/dev/null || packages+=(chromium) ;;
      fonts) fc-list 2>/dev/null | grep -q "Noto Sans CJK" || packages+=(fonts-noto-cjk fontconfig) ;;
      strace) command -v strace >/dev/null || packages+=(strace) ;;
      util-linux) { command -v unshare && command -v prlimit; } >/dev/null || packages+=(util-linux) ;;
      mount) command -v mount >/dev/null || packages+=(mount) ;;
      xmllint) command -v xmllint >/dev/null || packages+=(libxml2-utils) ;;
      *) echo "needs: nobody knows $what" >&2; return 2 ;;
    esac
  done
  ((${#packages[@]})) || return 0
  echo "Installing: ${packages[*]}"
  local as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}
