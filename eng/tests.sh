# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# Builds and runs the test projects.

test_projects=(Sagan.Tensors.Tests Sagan.Tests Sagan.Cli.Tests)
tests_stamp="$root/build/tests.stamp"

# build_tests : prepares the machine and builds the whole solution, when something has changed.
build_tests() {
    # Here, so that the tests hear of the stand-ins.
    choose_libtorch
    renew_tests
}

renew_tests() (
    take_build_lock
    prepare_machine
    choose_libtorch
    ! is_current "$tests_stamp" tests || exit 0

    say "building…"
    begin_stamp "$tests_stamp"
    build_native
    build_managed tests Sagan.slnx
    end_stamp "$tests_stamp"
)

# run_tests [FILTER] : runs every project, then prints what failed and the totals.
run_tests() {
    local project results="$root/build/test-results" broken=0
    local arguments=(--results-directory "$results" --logger "console;verbosity=quiet")
    [[ -z ${1:-} ]] || arguments+=(--filter "FullyQualifiedName~$1")

    rm -rf "$results"
    mkdir -p "$results"
    cd "$root" || exit
    for project in "${test_projects[@]}"; do
        say "$project…"
        # An empty result file keeps the totals right when the project does not come to write its own.
        : >"$results/$project.trx"
        run_project "$project" || broken=$((broken + 1))
    done
    awk -v root="$root" -v broken="$broken" -v filter="${1:-}" -f eng/results.awk "$results"/*.trx
}

# run_project NAME : fails when the project broke off, as by a crash in native code; not when tests of it failed.
run_project() {
    local log="$results/$1.log"
    if ! dotnet test "tests/$1/bin/Release/net10.0/$1.dll" "${arguments[@]}" --logger "trx;LogFileName=$1.trx" >"$log" 2>&1; then
        if grep -q 'Test Run Aborted' "$log" || ! grep -q '<UnitTestResult .*outcome="Failed"' "$results/$1.trx"; then
            printf '\nFAILED %s broke off (the whole log: %s)\n' "$1" "$log"
            grep -v '^$' "$log" | sed 's/^\(.\{200\}\).*/\1…/; s/^/    /; 4,15!d'
            return 1
        fi
    fi
}
