# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# Compiles a built program to machine code, which saves a quarter to a third of the time it needs to start.
#
# Not `dotnet publish -r … -p:PublishReadyToRun=true`: that restores once more for one platform, which rewrites the lock
# files and everything under obj/, so that the next plain build would start over.

# compile_ahead FOLDER : replaces the assemblies there by compiled ones. One that cannot be compiled, or all when there is
# no compiler for this platform, stay as they are: slower to start, nothing worse.
compile_ahead() {
    local version compiler assembly references=() framework log="$root/build/ready-to-run.log"
    version=$(newest_runtimes | sed -n 's|.*/Microsoft.NETCore.App/||p')
    compiler=$(ahead_compiler "$version") || return 0
    while read -r framework; do
        references+=("-r:$framework/*.dll")
    done < <(newest_runtimes)

    for assembly in "$1"/*.dll; do
        "$compiler" "$assembly" "-o:$assembly.ahead" "${references[@]}" "-r:$1/*.dll" -O >>"$log" 2>&1 &&
            mv "$assembly.ahead" "$assembly"
    done
    rm -f "$1"/*.ahead
}

# One line for each shared framework, with the folder of its newest version 10.
newest_runtimes() {
    dotnet --list-runtimes | sed -n 's|^\([^ ]*\) \(10\.[^ ]*\) \[\(.*\)\]$|\1 \3/\2|p' |
        awk '{ name = $1; sub(/^[^ ]* /, ""); newest[name] = $0 } END { for (name in newest) print newest[name] }'
}

# ahead_compiler VERSION : prints where the compiler is; fetches it once.
ahead_compiler() {
    local platform folder="$root/build/crossgen"
    case $(uname -sm) in
        'Linux x86_64') platform=linux-x64 ;;
        'Linux aarch64') platform=linux-arm64 ;;
        *) return 1 ;;
    esac

    local package="microsoft.netcore.app.crossgen2.$platform"
    local compiler="$folder/$package/$1/tools/crossgen2" unavailable="$folder/$1.unavailable"
    if [[ ! -x $compiler && ! -e $unavailable ]]; then
        mkdir -p "$folder"
        # Without a network this fails; it is not tried again as long as build/ is there.
        (cd "$root" && timeout 120 dotnet package download "$package@$1" --output "$folder") \
            >"$root/build/ready-to-run.log" 2>&1 9>&- || touch "$unavailable"
    fi
    [[ -x $compiler ]] && echo "$compiler"
}
