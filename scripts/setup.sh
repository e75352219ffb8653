#!/usr/bin/env bash
# Installs what blitz needs and this machine lacks; what is there already is left alone.
#
#   scripts/setup.sh          what a build needs
#   scripts/setup.sh test     and what the tests need
#   scripts/setup.sh bench    and what the benchmarks beside others need
#
# Sourced instead of run, it also puts a Swift that swiftly installed on the caller's PATH.

swift_wanted="6.2"
swiftly_env="${SWIFTLY_HOME_DIR:-$HOME/.local/share/swiftly}/env.sh"

# What is asked for, then who provides it. A library is known by its pkg-config name. Of FFmpeg the
# headers are needed; the program opens its libraries when the first video is.
requirements() {
  cat <<'TABLE'
# for  probe                apt                  dnf                  pacman         brew
build  command:git          git                  git                  git            git
build  command:g++          g++                  gcc-c++              gcc            gcc
build  command:pkg-config   pkg-config           pkgconf-pkg-config   pkgconf        pkgconf
build  library:libpng       libpng-dev           libpng-devel         libpng         libpng
build  library:libjpeg      libjpeg62-turbo-dev  libjpeg-turbo-devel  libjpeg-turbo  jpeg-turbo
build  library:libtiff-4    libtiff-dev          libtiff-devel        libtiff        libtiff
build  library:libdeflate   libdeflate-dev       libdeflate-devel     libdeflate     libdeflate
build  library:libavformat  libavformat-dev      ffmpeg-free-devel    ffmpeg         ffmpeg
build  library:libavcodec   libavcodec-dev       ffmpeg-free-devel    ffmpeg         ffmpeg
build  library:libavutil    libavutil-dev        ffmpeg-free-devel    ffmpeg         ffmpeg
build  library:libswscale   libswscale-dev       ffmpeg-free-devel    ffmpeg         ffmpeg
build  library:ncursesw     libncurses-dev       ncurses-devel        ncurses        ncurses
test   command:tmux         tmux                 tmux                 tmux           tmux
test   command:valgrind     valgrind             valgrind             valgrind       valgrind
bench  command:ffmpeg       ffmpeg               ffmpeg-free          ffmpeg         ffmpeg
bench  python:ensurepip     python3-venv         python3              python         python
TABLE
}

# What the Swift toolchain and its installer stand on; asked for only when Swift is missing.
swift_needs_apt="ca-certificates curl gnupg libcurl4 libsqlite3-0 libxml2 tzdata zlib1g-dev"

has() {
  case $1 in
    command:*) command -v "${1#*:}" >/dev/null ;;
    python:*) python3 -c "import ${1#*:}" 2>/dev/null ;;
    library:*) command -v pkg-config >/dev/null && pkg-config --exists "${1#*:}" ;;
  esac
}

# Package names of one manager (a column of the table) for everything that is missing, each once.
missing() {
  local column=$1 purposes=$2 names=" " purpose probe apt dnf pacman brew
  while read -r purpose probe apt dnf pacman brew; do
    case " $purposes " in *" $purpose "*) ;; *) continue ;; esac
    has "$probe" && continue
    case $names in *" ${!column} "*) ;; *) names+="${!column} " ;; esac
  done < <(requirements)
  names=${names# }
  echo "${names% }"
}

install_packages() {
  local packages=$1 purposes=$2 as_root=
  if ! command -v apt-get >/dev/null; then
    echo "blitz needs some packages that this script does not install here. Install"
    echo "  with dnf:     $(missing dnf "$purposes")"
    echo "  with pacman:  $(missing pacman "$purposes")"
    echo "  with brew:    $(missing brew "$purposes")"
    echo "and run this again."
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
      echo "blitz needs packages; as root, run: apt-get install $packages"
      return 1
    }
    as_root=sudo
  fi
  echo "Installing: $packages"
  $as_root apt-get update -qq &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages </dev/null
}

has_swift() {
  local found major minor
  command -v swift >/dev/null || return 1
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  read -r major minor <<<"$found"
  [ "${major:-0}" -gt "${swift_wanted%.*}" ] ||
    { [ "${major:-0}" -eq "${swift_wanted%.*}" ] && [ "${minor:-0}" -ge "${swift_wanted#*.}" ]; }
}

# Runs the installer of swift.org, after asking; it shows its own plan and asks again.
offer_swift() {
  local archive answer
  archive="https://download.swift.org/swiftly/linux/swiftly-$(uname -m).tar.gz"
  echo "blitz needs Swift $swift_wanted or newer, and there is none on the PATH."
  if ! [ -t 0 ]; then
    echo "Install it with swiftly (https://swift.org/install) and run this again:"
    echo "  curl -O $archive && tar zxf swiftly-$(uname -m).tar.gz && ./swiftly init"
    return 1
  fi
  read -r -p "Download swiftly, the official installer, from swift.org and run it? [y/N] " answer
  case $answer in
    y | Y | yes) ;;
    *) echo "Nothing was installed."; return 1 ;;
  esac
  if command -v apt-get >/dev/null; then
    install_packages "$swift_needs_apt" build || return 1
  fi
  (
    folder=$(mktemp -d) && cd "$folder" || exit 1
    trap 'rm -rf "$folder"' EXIT
    curl -fL -o swiftly.tar.gz "$archive" && tar zxf swiftly.tar.gz &&
      ./swiftly init --quiet-shell-followup
  ) && [ -r "$swiftly_env" ] && . "$swiftly_env" && hash -r && has_swift || {
    echo "Swift $swift_wanted or newer is still missing; see https://swift.org/install"
    return 1
  }
}

setup() {
  local purposes="build $*" packages
  packages=$(missing apt "$purposes")
  if [ -n "$packages" ]; then install_packages "$packages" "$purposes" || return 1; fi
  if ! has_swift && [ -r "$swiftly_env" ]; then . "$swiftly_env"; fi
  has_swift || offer_swift
}

setup "$@" >&2 || exit 1
