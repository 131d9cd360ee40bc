# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# The built program. Every build gets a folder of its own, so that one that is running (training takes days) keeps its files.

choose_program() {
    choose_libtorch
    program_stamp="$root/build/program/$libtorch_key.stamp"
    program=
}

# Of a checkout that was moved since, the stamp names a program that is not there.
program_is_current() { read_program && [[ -e $program/Sagan.Cli.dll ]] && is_current "$program_stamp"; }

# build_program : prepares the machine and builds, while other calls wait for the result.
build_program() (
    take_build_lock
    ! program_is_current || exit 0

    prepare_machine
    choose_program
    say "building (the first time takes a minute)…"
    mkdir -p "$root/build/program"
    folder="$root/build/program/$libtorch_key-$EPOCHSECONDS-$$"
    begin_stamp "$program_stamp" "$folder"
    build_native
    build_managed program src/Sagan.Cli
    cp -RL "$root/src/Sagan.Cli/bin/Release/net10.0" "$folder"
    compile_ahead "$folder"
    end_stamp "$program_stamp"
    remove_unused_programs "$folder"
)

# hold_program : sets program, and keeps its folder from being removed as long as this process lives (descriptor 8).
hold_program() {
    read_program
    { exec 8<"$program"; } 2>/dev/null && flock -s 8 && [[ -e $program/Sagan.Cli.dll ]]
}

read_program() { [[ -e $program_stamp ]] && { read -r && read -r program; } <"$program_stamp"; }

# remove_unused_programs NEW : removes what earlier builds for this libtorch have left, unless it is running.
remove_unused_programs() {
    local folder
    for folder in "$root/build/program/$libtorch_key"-*; do
        [[ $folder == "$1" ]] || flock -xn "$folder" rm -rf "$folder" || true
    done
}
