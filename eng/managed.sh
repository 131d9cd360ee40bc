# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# Builds the managed projects, and knows when that is needed.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# dotnet does not start without ICU unless it is told to do without; neither the build nor Sagan needs ICU.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# A user without a home, as in many containers, gets one for the packages that dotnet fetches.
[[ -w ${HOME:-/nonexistent} ]] || export HOME="$root/build/home"

# is_current STAMP [FOLDER...] : whether neither libtorch nor a source, or anything in the folders, has changed since the
# stamp was made. The folders' own times count too, so that a deleted file is noticed.
is_current() {
    local stamp=$1 identity=
    shift
    [[ -e $stamp ]] && read -r identity <"$stamp" && [[ $identity == "$libtorch_identity" ]] || return 1
    [[ -z $(cd "$root" && find "$@" src native eng Directory.* .editorconfig global.json Sagan.slnx \
        \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit) ]]
}

# begin_stamp STAMP [RESULT] : what is edited from now on, also during the build, is newer than the stamp.
# The second line says where the result lies.
begin_stamp() {
    local project
    for project in "$root"/{src,tests,bench}/*/*.csproj; do
        # The build would make these folders, which would count as a change of the project's folder.
        [[ ! -e $project ]] || mkdir -p "${project%/*}"/{bin,obj}
    done
    printf '%s\n' "$libtorch_identity" "${@:2}" >"$1.begun"
}

# end_stamp STAMP : the build has succeeded.
end_stamp() { mv "$1.begun" "$1"; }

# take_build_lock : one build at a time; the lock (descriptor 9) goes with the subshell that took it.
take_build_lock() {
    mkdir -p "$root/build" "$HOME"
    exec 9>"$root/build/lock"
    flock -n 9 || {
        say "waiting for another build…"
        flock 9
    }
}

# build_managed NAME PROJECT : builds a project or the solution in Release, with the shim beside it; logs to NAME.
build_managed() {
    # No build servers: they would stay behind when the script is done.
    local arguments=(build "$2" -c Release -v quiet --disable-build-servers --tl:off -clp:ErrorsOnly)
    # On a build machine a lock file that would have to change is a mistake.
    [[ ${CI:-} != true ]] || arguments+=(-p:RestoreLockedMode=true)
    (cd "$root" && logged "$1" dotnet "${arguments[@]}")
}
