# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# Builds the C++ shim against one libtorch. Every libtorch has a folder of its own, so that changing back is quick.

# choose_libtorch : sets libtorch_key, the name of the build folder, and libtorch_identity, which changes with the library; tells
# programs where their stand-ins lie.
choose_libtorch() {
    local folder library
    if [[ -n ${LIBTORCH:-} ]]; then
        folder=$(cd -- "$LIBTORCH" >/dev/null 2>&1 && pwd -P) || folder=
        [[ -d $folder/include && -d $folder/lib ]] ||
            stop "LIBTORCH=$LIBTORCH has no include/ and lib/; set it to an unpacked libtorch or to the torch folder" \
                "of a Python installation, or unset it to use Debian's libtorch-dev"
        export LIBTORCH=$folder
        libtorch_key=$(cksum <<<"$folder")
        libtorch_key=${libtorch_key%% *}
        library=$folder/lib/libtorch_cpu.so
    else
        libtorch_key=system
        library=(/usr/lib/*/libtorch_cpu.so)
    fi
    libtorch_identity=$(stat -Lc '%n %s %Y' "${library[0]}" 2>/dev/null) || libtorch_identity=none
    # With CUDA's headers, which may come later, the shim can do more (native/CMakeLists.txt looks in these places).
    for folder in "${CUDA_HOME:-}" "${LIBTORCH:-}"/../nvidia/{cuda_runtime,cu13} /usr/local/cuda /usr; do
        [[ ! -e $folder/include/cuda_runtime_api.h ]] || libtorch_identity+=" $folder"
    done
    export SAGAN_STAND_INS="$root/build/native/$libtorch_key/stand-ins"
}

# build_native : leaves the shim in build/native/current, where the managed build looks for it.
build_native() {
    local folder="$root/build/native/$libtorch_key"
    # CMake's files hold absolute paths: in a checkout that was moved they are worth nothing.
    local made_for="$libtorch_identity $folder"
    if [[ $(cat "$folder/libtorch.txt" 2>/dev/null) != "$made_for" ]]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        logged native-configure cmake -S "$root/native" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release \
            "-DLIBTORCH=${LIBTORCH:-}"
        echo "$made_for" >"$folder/libtorch.txt"
    fi
    logged native cmake --build "$folder"
    logged stand-ins make_stand_ins "$folder/libsagan.so" "$folder/stand-ins"
    # By hand somebody may have built there directly.
    [[ -L $root/build/native/current ]] || rm -rf "$root/build/native/current"
    ln -sfn "$libtorch_key" "$root/build/native/current"
}
