# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# Debian's libtorch names two dozen libraries that it uses nothing of (OpenCV, FFmpeg and others, left over from its build), which
# bring two hundred more. Loading them takes a third of the time to a first picture. Empty libraries of the same names, which the
# program loads first (SAGAN_STAND_INS), keep the loader from looking for the real ones.

# make_stand_ins SHIM FOLDER : leaves one in the folder for each library that can be done without; none where that is in doubt.
make_stand_ins() {
    local shim=$1 folder=$2 libtorch name used
    rm -rf "$folder"
    [[ -z ${LIBTORCH:-} ]] && command -v ldd readelf >/dev/null || return 0
    mkdir -p "$folder"

    libtorch=$(ldd "$shim" | awk '$1 ~ /^libtorch_cpu/ { print $3 }')
    while read -r name; do
        "${CC:-gcc}" -shared -nostdlib -x c /dev/null -Wl,-soname,"$name" -o "$folder/$name"
    done < <(ldd -u "$libtorch" | sed -n 's|^\t.*/||p')

    # What other libraries name, too, may be used by them; fewer stand-ins let more libraries in, which name some in turn.
    while used=$(named_by_others "$shim" "$folder" "$libtorch") && [[ -n $used ]]; do
        (cd "$folder" && xargs rm -- <<<"$used")
    done

    # The loader's word: every reference of every library must be met as it was.
    [[ $(unmet "$shim") == "$(LD_LIBRARY_PATH=$folder unmet "$shim")" ]] || rm -rf "$folder"
}

# named_by_others SHIM FOLDER LIBTORCH : the stand-ins that a library needs that would be loaded beside them.
named_by_others() {
    LD_LIBRARY_PATH=$2 ldd "$1" | awk -v stand_ins="$2/" -v libtorch="$3" '$3 ~ "^/" && index($3, stand_ins) != 1 && $3 != libtorch { print $3 }' |
        xargs readelf -d | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u | comm -12 - <(cd "$2" && printf '%s\n' * | sort)
}

unmet() { ldd -r "$1" 2>&1 | grep 'undefined symbol\|symbol lookup\|not found' || true; }
