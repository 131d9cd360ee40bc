# shellcheck shell=bash disable=SC2154  # root and the like are set by the script that sources this
# How the scripts speak: to stderr and briefly, because stdout belongs to the program they start.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

stop() {
    say "$@"
    exit 1
}

# logged NAME COMMAND... : runs quietly; the whole output goes to build/NAME.log, and its end is shown on failure.
# The build lock (descriptor 9, see program.sh) is not handed down: a process left behind would hold it for ever.
logged() {
    local log="$root/build/$1.log"
    shift
    if ! "$@" >"$log" 2>&1 </dev/null 9>&-; then
        tail -n 30 "$log" >&2
        stop "this failed: $* (the whole log: $log)"
    fi
}
