# shellcheck shell=bash disable=SC2154  # root is set by the script that sources this, with the functions of eng/
# Builds the program that measures our side.

build_benchmarks() {
    # Here, so that what runs later hears of the stand-ins.
    choose_libtorch
    renew_benchmarks
}

renew_benchmarks() (
    stamp="$root/build/bench.stamp"
    take_build_lock
    prepare_machine
    choose_libtorch
    ! is_current "$stamp" bench/Sagan.Benchmarks || exit 0

    say "building…"
    begin_stamp "$stamp"
    build_native
    build_managed bench bench/Sagan.Benchmarks
    # As people run it, compiled ahead. Beside the build, which would take these for its own.
    rm -rf "$root/build/bench"
    cp -RL "$bench/Sagan.Benchmarks/bin/Release/net10.0" "$root/build/bench"
    compile_ahead "$root/build/bench"
    end_stamp "$stamp"
)
