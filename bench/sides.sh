# shellcheck shell=bash disable=SC2154  # root, bench, work and the options are set by the script that sources this
# Both sides of a comparison: how they are called, and where their figures go.

python=${PYTHON:-/usr/bin/python3}

# require_python MODE... : stops where Python lacks what a mode asks for.
require_python() {
    torch=$("$python" -c 'import torch; print(torch.__version__)' 2>/dev/null) ||
        stop "$python has no PyTorch; run: apt-get install --no-install-recommends python3-torch, or set PYTHON to one that has it"
    [[ ! " $* " =~ ' start '|' load ' ]] || "$python" -c 'import PIL' 2>/dev/null ||
        stop "$python has no Pillow; run: apt-get install --no-install-recommends python3-pil, or set PYTHON to one that has it"
}

# require_gpu : stops where a GPU is asked for and there is none.
require_gpu() {
    [[ $device == cpu ]] || command -v nvidia-smi >/dev/null || stop "there is no GPU here (nvidia-smi is missing); leave --device away to measure the processor"
}

ours() { dotnet "$root/build/bench/Sagan.Benchmarks.dll" "$@"; }

# Decoding takes as many threads as the runtime sees processors.
ours_with_processors() { DOTNET_PROCESSOR_COUNT=$1 ours "${@:2}"; }

reference() { "$python" -B "$bench/reference/$1.py" "${@:2}"; }

# record MODE SIDE CASE COMMAND... : adds the lines of a run to the figures, marked with what they are.
record() {
    say "$1, $3, $2…"
    "${@:4}" | sed "s/^/mode=$1 side=$2 case=$3 /" >>"$work/figures"
}

# seconds_to_picture FOLDER COMMAND... : how long a process takes from its start until the only PNG in a folder is written.
seconds_to_picture() {
    local folder=$1 start=$EPOCHREALTIME
    shift
    "$@" >/dev/null
    awk -v start="$start" -v end="$(stat -c %.6Y "$folder"/*.png)" 'BEGIN { printf "seconds=%.3f\n", end - start }'
}

describe_machine() {
    local commit processor
    commit=$(git -C "$root" describe --always --dirty)
    processor=$(lscpu | sed -n 's/^Model name: *//p' | head -n 1)
    [[ $device == cpu ]] || processor=$(nvidia-smi --query-gpu=name --format=csv,noheader | head -n 1)
    echo "Commit $commit, $processor, $threads threads, PyTorch $torch, load $(cut -d' ' -f1 /proc/loadavg) at the start; medians of $repeats runs of each side, in turns."
}
