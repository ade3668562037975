# Sourced by the scripts of this checkout: makes sure of what a build needs, and installs what is missing.
# shellcheck shell=bash

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# The SDK refuses to start without ICU unless it is told to do without; nothing here depends on a culture.
if ! compgen -G '/usr/lib*/*/libicuuc.so*' >/dev/null && ! compgen -G '/usr/lib*/libicuuc.so*' >/dev/null; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
fi
# No build server may outlive the script and hold files of the checkout.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo "Please install with your package manager: $*" >&2
        return 1
    fi
    local as_root=()
    if [[ $EUID -ne 0 ]]; then
        if ! command -v sudo >/dev/null; then
            echo "Please install as root: apt-get install $*" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "Installing $* ..." >&2
    "${as_root[@]}" apt-get update -qq >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

require_dotnet() {
    local hint="Install the .NET 10 SDK:
  Ubuntu 24.04 or newer:  sudo apt-get install dotnet-sdk-10.0
  Debian, older Ubuntu:   https://learn.microsoft.com/dotnet/core/install/linux
then start this script again."
    if ! command -v dotnet >/dev/null; then
        printf 'The command dotnet was not found.\n%s\n' "$hint" >&2
        return 1
    fi
    # NuGet needs root certificates and OpenSSL, which the package brings along.
    [[ -s /etc/ssl/certs/ca-certificates.crt || -s /etc/pki/tls/certs/ca-bundle.crt ]] || install_packages ca-certificates
    local sdks
    sdks=$(dotnet --list-sdks)
    if ! grep -qE '^10\.0\.[1-9]' <<<"$sdks"; then
        printf 'dotnet has no SDK of version 10.0 (found: %s).\n%s\n' "${sdks:-none}" "$hint" >&2
        return 1
    fi
}

# XGBoost's library is optional: without it that one model is not on offer, and its tests say so and are skipped.
offer_xgboost() {
    [[ -n ${TRABECULA_XGBOOST:-} ]] && return
    compgen -G '/usr/lib*/*/libxgboost.so*' >/dev/null || compgen -G '/usr/lib*/libxgboost.so*' >/dev/null ||
        compgen -G '/usr/local/lib/libxgboost.so*' >/dev/null && return
    command -v apt-get >/dev/null && install_packages libxgboost0 ||
        echo "XGBoost's library is not installed; its tests are skipped." >&2
}

# The folder of the runtime, which a program's own launcher looks for in a few fixed places only.
dotnet_root() { dirname "$(readlink -f "$(command -v dotnet)")"; }
