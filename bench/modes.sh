# shellcheck shell=bash disable=SC2154  # work, the options and the sides are set by the script that sources this
# What bench/run can measure: one function a mode. Sides take turns, so that what disturbs one disturbs its neighbour, too.

run_check() {
    local name file="$work/check.safetensors" precision
    for name in $cases; do
        for precision in '' --double; do
            ours sample-file "$name" "$file" $precision
            reference check "$file" >&2
        done
    done
}

# Iterations of a fiftieth of a second are over before the runtime has compiled what they run in: of tiny ten times as many count.
run_step() {
    local name i options
    for name in $cases; do
        options=(--steps "${steps:-$([[ $name == tiny ]] && echo 100 || echo 10)}" --warmup "${warmup:-$([[ $name == tiny ]] && echo 30 || echo 3)}")
        options+=(--threads "$threads" --device "$device")
        describe "$name"
        for ((i = 0; i < repeats; i++)); do
            record step machine "$name" ours rate --threads "$threads" --device "$device"
            record step sagan "$name" ours step "$name" ${batch:+--batch "$batch"} "${options[@]}"
            record step bf16 "$name" ours step "$name" --bf16 ${batch:+--batch "$batch"} "${options[@]}"
            record step public "$name" reference step "$work/$name.json" --form public "${options[@]}"
            record step competent "$name" reference step "$work/$name.json" --form competent "${options[@]}"
        done
    done
}

# On a GPU the peer is automatic mixed precision, and the public forms' slow ways of calling kernels are not what is asked. Graphs
# are recorded while it warms up.
run_gpu() {
    local name i options=(--steps "${steps:-20}" --warmup "${warmup:-6}" --threads "$threads" --device "$device")
    for name in $cases; do
        describe "$name"
        for ((i = 0; i < repeats; i++)); do
            record gpu sagan "$name" ours step "$name" ${batch:+--batch "$batch"} "${options[@]}"
            record gpu sagan-graph "$name" ours step "$name" --graph ${batch:+--batch "$batch"} "${options[@]}"
            record gpu competent "$name" reference step "$work/$name.json" --form competent "${options[@]}"
            record gpu bf16 "$name" ours step "$name" --bf16 ${batch:+--batch "$batch"} "${options[@]}"
            record gpu bf16-graph "$name" ours step "$name" --bf16 --graph ${batch:+--batch "$batch"} "${options[@]}"
            record gpu mixed "$name" reference step "$work/$name.json" --form mixed "${options[@]}"
        done
    done
}

run_sample() {
    local name i snapshot options=(--pictures "$pictures" --threads "$threads")
    for name in $cases; do
        prepare_snapshot "$name"
        for ((i = 0; i < repeats; i++)); do
            record sample by-seed "$name" ours sample "$snapshot" "${options[@]}"
            record sample public "$name" reference sample "$work/$name.json" "$snapshot" --form public "${options[@]}"
            record sample by-batch "$name" ours sample "$snapshot" --batch 64 "${options[@]}"
            record sample competent "$name" reference sample "$work/$name.json" "$snapshot" --form competent "${options[@]}"
        done
    done
}

# The first run of each side, which may have to read from the disk, does not count.
run_start() {
    local name i
    for name in $cases; do
        prepare_snapshot "$name"
        start_sagan >/dev/null
        start_python "$name" >/dev/null
        for ((i = 0; i < repeats; i++)); do
            record start sagan "$name" start_sagan
            record start python "$name" start_python "$name"
        done
    done
}

# What users type, launcher included; prints the seconds.
start_sagan() {
    local folder
    folder=$(mktemp -d -p "$work")
    seconds_to_picture "$folder" "$root/sagan" sample "$snapshot" --seeds 0 --outdir "$folder" --threads "$threads"
}

start_python() {
    local folder
    folder=$(mktemp -d -p "$work")
    seconds_to_picture "$folder" reference start "$work/$1.json" "$snapshot" "$folder/python.png" --threads "$threads"
}

run_load() {
    local size i folder options loaders=${workers:-$threads} count
    for size in 32 500; do
        folder="$work/jpegs$size"
        # A thousand small ones are read before anybody is warm.
        count=$((size == 32 ? 12 * jpegs : jpegs))
        say "making $count pictures of $size pixels…"
        reference jpegs "$folder" --size "$size" --count "$count"
        # At 32 pixels nothing has to be made smaller; at 500, most of a picture is thrown away.
        options=("$folder" --resolution $((size == 32 ? 32 : 64)) --workers "$loaders")
        for ((i = 0; i < repeats; i++)); do
            record load sagan "${size}px" ours_with_processors "$loaders" load "${options[@]}"
            record load pytorch "${size}px" reference load "${options[@]}"
        done
        rm -r "$folder"
    done
}

# By size at one batch, and by batch at one size.
run_scale() {
    local size pictures_at_once i options=(--steps "${steps:-10}" --warmup "${warmup:-3}" --threads "$threads")
    for ((i = 0; i < repeats; i++)); do
        for size in 32 64 128; do
            record scale sagan "size:${size}px:16" ours step "ladder$size" --batch 16 "${options[@]}"
        done
        for pictures_at_once in 8 16 32 64 128 256; do
            record scale sagan "batch:32px:$pictures_at_once" ours step ladder32 --batch "$pictures_at_once" "${options[@]}"
        done
    done
}

run_ops() {
    local i
    for ((i = 0; i < repeats; i++)); do
        record ops sagan ops ours ops --threads "$threads"
        record ops pytorch ops reference ops --threads "$threads"
    done
}

run_steady() {
    record steady sagan tiny ours step tiny --toybox ${batch:+--batch "$batch"} --steps "${steps:-1000}" --warmup "${warmup:-3}" \
        --threads "$threads" --device "$device"
}

run_metrics() { "$bench/metrics" --repeats "$repeats" --threads "$threads"; }

# describe NAME : what the reference needs to know of a case, in its file.
describe() { ours step "$1" ${batch:+--batch "$batch"} --describe >"$work/$1.json"; }

# prepare_snapshot NAME : sets snapshot to a file with weights to draw from.
prepare_snapshot() {
    snapshot="$work/$1.snapshot.safetensors"
    [[ -e $snapshot ]] || {
        describe "$1"
        ours snapshot "$1" "$snapshot"
    }
}
