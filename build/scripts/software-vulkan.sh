#!/usr/bin/env bash
# A GPU in software for the tests of the WebGPU path: Mesa's lavapipe, unpacked into a folder of the user's cache. Nothing is
# installed and no root is needed. Debian bookworm's own Mesa (22.3) is too old for ONNX Runtime's WebGPU provider, so there it
# comes from bookworm-backports, through an apt configuration of its own.
#
#   eval "$(build/scripts/software-vulkan.sh)"        sets the environment of this shell
#   build/scripts/software-vulkan.sh npm run …        runs one command in it
#
# What is there already is used as it is; delete the folder to fetch it again.
set -euo pipefail

work=
folder=${XDG_CACHE_HOME:-$HOME/.cache}/lucie-workbench/software-vulkan
root=$folder/root

fetch() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    echo "software-vulkan.sh needs Debian's apt-get and dpkg; elsewhere install lavapipe (Mesa 25 or newer) and a Vulkan loader." >&2
    return 1
  fi
  local codename keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mkdir -p "$folder"
  work=$(mktemp -d "$folder/fetch-XXXXXX")
  trap '[ -z "$work" ] || rm -rf "$work"' EXIT
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mkdir -p "$work"/lists/partial "$work"/archives/partial "$work"/root
  echo "deb [signed-by=$keyring] http://deb.debian.org/debian $codename main" >"$work/sources.list"
  local from=$codename
  if [ "$codename" = bookworm ]; then
    from=bookworm-backports
    echo "deb [signed-by=$keyring] http://deb.debian.org/debian $from main" >>"$work/sources.list"
  fi
  local apt=(apt-get -qq -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work" -o Debug::NoLocking=1 -o "APT::Sandbox::User=$(id -un)")
  "${apt[@]}" update >&2
  # Also what these need and this machine lacks; `dpkg -x` only unpacks.
  "${apt[@]}" install --download-only --no-install-recommends --yes --target-release "$from" mesa-vulkan-drivers libvulkan1 >&2
  local package
  for package in "$work"/archives/*.deb; do dpkg -x "$package" "$work/root"; done
  rm -rf "$root"
  mv "$work/root" "$root"
}

driver() { find "$root" -path '*/icd.d/lvp_icd*.json' -print -quit 2>/dev/null || true; }

[ -e "$(driver)" ] || fetch
VK_DRIVER_FILES=$(driver)
LD_LIBRARY_PATH=$(dirname "$(find "$root" -name libvulkan_lvp.so -print -quit)")${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export VK_DRIVER_FILES LD_LIBRARY_PATH
if [ $# -gt 0 ]; then exec "$@"; fi
printf 'export VK_DRIVER_FILES=%q\nexport LD_LIBRARY_PATH=%q\n' "$VK_DRIVER_FILES" "$LD_LIBRARY_PATH"
