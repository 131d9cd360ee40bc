# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# Debian's libtorch names two dozen libraries that it uses nothing of (OpenCV, FFmpeg and others, left over from its build), which
# bring two hundred more. Loading them takes a third of the time to a first picture. Empty libraries of the same names, which the
# program loads first (SAGAN_STAND_INS), keep the loader from looking for the real ones.

# make_stand_ins SHIM FOLDER : leaves one in the folder for each library that can be done without; none where that is in doubt.
make_stand_ins() {
    local shim=$1 folder=$2 new=$2.new libtorch name used before after
    rm -rf "$new"
    mkdir "$new"
    if [[ -z ${LIBTORCH:-} ]] && command -v ldd >/dev/null && command -v readelf >/dev/null; then
        libtorch=$(loaded "$shim" | grep '/libtorch_cpu')
        while read -r name; do
            "${CC:-gcc}" -shared -nostdlib -x c /dev/null -Wl,-soname,"$name" -o "$new/$name"
        done < <(ldd -u "$libtorch" | sed -n 's|^\t.*/||p')

        # What other libraries name, too, may be used by them; fewer stand-ins let more libraries in, which name some in turn.
        while used=$(named_by_others "$shim" "$new" "$libtorch") && [[ -n $used ]]; do
            (cd "$new" && xargs rm -- <<<"$used")
        done

        # The loader's word: every reference of every library must be met as it was.
        before=$(unmet "$shim") && after=$(LD_LIBRARY_PATH=$new unmet "$shim") && [[ $before == "$after" ]] || rm -f "$new"/*
    fi

    rm -rf "$folder"
    mv "$new" "$folder"
}

# named_by_others SHIM FOLDER LIBTORCH : the stand-ins that a library needs that would be loaded beside them, by the shim or by the
# rest of the program.
named_by_others() {
    local others=("$1" /usr/lib/*/lib{turbojpeg.so.0,spng.so.0,ssl.so.3,crypto.so.3})
    others+=("$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")"/shared/Microsoft.NETCore.App/*/lib*.so)
    LD_LIBRARY_PATH=$2 loaded "${others[@]}" | grep -vxF "$3" | xargs -d '\n' readelf -d |
        sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u | comm -12 - <(cd "$2" && printf '%s\n' * | sort)
}

# loaded FILE... : they, and all libraries that the loader would load for them.
loaded() {
    local file
    for file in "$@"; do
        [[ -e $file ]] || continue
        realpath -- "$file"
        ldd "$file" | sed -n 's/.* => \(.*\) (0x.*/\1/p'
    done | sort -u
}

# unmet SHIM : references that the loader cannot meet; fails where it does not say.
unmet() {
    local said
    said=$(ldd -r "$1" 2>&1) && [[ $said == *libtorch_cpu* ]] || return 1
    grep 'undefined symbol\|symbol lookup\|not found' <<<"$said" || true
}
