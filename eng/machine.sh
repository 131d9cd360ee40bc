# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# What has to be installed on the machine, and how it gets there.

# Needed whenever the program runs; needed only to build it.
runtime_packages=(libturbojpeg0 libspng0)
build_packages=(g++ cmake ninja-build ca-certificates)
# Debian's libtorch takes whatever BLAS there is, and the reference BLAS it pulls in is many times slower. The OpenMP build
# shares libtorch's own threads.
[[ -n ${LIBTORCH:-} ]] || build_packages+=(libtorch-dev libopenblas0-openmp)

# prepare_machine : all that a build needs.
prepare_machine() {
    install_missing "${build_packages[@]}" "${runtime_packages[@]}"
    require_dotnet
}

# install_missing PACKAGE... : installs those of the packages that are not here, or says how to.
install_missing() {
    local package missing=()
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    local install=(apt-get install -y --no-install-recommends "${missing[@]}")
    command -v apt-get >/dev/null ||
        stop "missing: ${missing[*]} (names of Debian packages); install their like with this system's package manager"
    if ((EUID != 0)); then
        command -v sudo >/dev/null || stop "missing: ${missing[*]}; run as root: apt-get update && ${install[*]}"
        stop "missing: ${missing[*]}; run: sudo apt-get update && sudo ${install[*]}"
    fi

    say "installing ${missing[*]} (once)…"
    mkdir -p "$root/build"
    export DEBIAN_FRONTEND=noninteractive
    # Another apt-get may be at work, as on a machine that has just started: wait for it.
    local wait=(-o DPkg::Lock::Timeout=300)
    logged packages-update apt-get update -q "${wait[@]}"
    logged packages "${install[@]}" -q "${wait[@]}"
}

# Asks for what the package brings, not for the package, so that other sources of the same thing count as well.
is_installed() {
    case $1 in
        g++ | cmake) command -v "$1" ;;
        ninja-build) command -v ninja ;;
        ca-certificates) [[ -n ${SSL_CERT_FILE:-}${SSL_CERT_DIR:-} ]] || compgen -G '/etc/ssl/certs/*' ;;
        libtorch-dev) [[ -e /usr/include/ATen/ATen.h ]] && has_library libtorch_cpu.so ;;
        libopenblas0-openmp) has_library libopenblas.so.0 ;;
        libturbojpeg0) has_library libturbojpeg.so.0 ;;
        libspng0) has_library libspng.so.0 ;;
        *) dpkg -s "$1" ;;
    esac >/dev/null 2>&1
}

has_library() {
    # A look into the usual folder first: it is much quicker than to list the loader's cache.
    compgen -G "/usr/lib/*/$1" || PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -F "$1 "
}

require_dotnet() {
    local version cure="see https://dotnet.microsoft.com/download/dotnet/10.0"
    # shellcheck source=/dev/null
    if [[ $(. /etc/os-release 2>/dev/null && echo "${ID-}${VERSION_ID-}") == debian12 ]]; then
        cure="run: curl -sSLO https://packages.microsoft.com/config/debian/12/packages-microsoft-prod.deb"
        cure+=" && sudo dpkg -i packages-microsoft-prod.deb && sudo apt-get update && sudo apt-get install -y dotnet-sdk-10.0"
    fi

    command -v dotnet >/dev/null || stop "the .NET 10 SDK is missing; $cure"
    # In the repository, where global.json says which versions will do.
    version=$(cd "$root" && dotnet --version 2>/dev/null) ||
        stop "the .NET 10 SDK is missing (found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')); $cure"
    [[ $version == 10.* ]] || stop "the .NET 10 SDK is needed, not $version; $cure"
}
