# Turns lines of key=value, marked with side= and case=, into Markdown tables of medians.

{
    delete field
    for (i = 1; i <= NF; i++) {
        split($i, pair, "=")
        field[pair[1]] = pair[2]
    }
    # The four lines of a run of the operators are cases of their own.
    name = ("op" in field) ? field["op"] : field["case"]
    kind = ("op" in field) ? "op" : (field["side"] == "steady" ? "steady" : "step")
    if (!seen[kind, name]++)
        order[kind] = order[kind] " " name
    for (key in field)
        if (key != "side" && key != "case" && key != "op")
            add(kind, name, field["side"], key, field[key])
}

END {
    operators()
    steps_of_training()
    steady()
}

function add(kind, name, side, key, value,    place) {
    place = kind SUBSEP name SUBSEP side SUBSEP key
    values[place, ++count[place]] = value + 0
}

function median(kind, name, side, key,    place, n, i, j, held, sorted) {
    place = kind SUBSEP name SUBSEP side SUBSEP key
    n = count[place]
    for (i = 1; i <= n; i++) {
        held = values[place, i]
        for (j = i - 1; j > 0 && sorted[j] > held; j--)
            sorted[j + 1] = sorted[j]
        sorted[j + 1] = held
    }
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function operators(    names, n, i, ours, theirs) {
    n = split(order["op"], names, " ")
    if (!n)
        return
    print "\n| us by call | Sagan | PyTorch | ratio |\n|---|---|---|---|"
    for (i = 1; i <= n; i++) {
        ours = median("op", names[i], "sagan", "us")
        theirs = median("op", names[i], "pytorch", "us")
        printf "| %s | %.2f | %.2f | %.2f |\n", names[i], ours, theirs, ours / theirs
    }
}

# Ratios are to PyTorch in the memory order that is faster there.
function steps_of_training(    names, n, i, ours, plain, last, best, peak, theirs) {
    n = split(order["step"], names, " ")
    if (!n)
        return
    print "\n| case | batch | s/step Sagan | PyTorch | PyTorch channels-last | ratio | peak MiB Sagan | PyTorch | ratio |"
    print "|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++) {
        ours = median("step", names[i], "sagan", "seconds")
        plain = median("step", names[i], "pytorch", "seconds")
        last = median("step", names[i], "channels-last", "seconds")
        best = plain < last ? "pytorch" : "channels-last"
        peak = median("step", names[i], "sagan", "peak")
        theirs = median("step", names[i], best, "peak")
        printf "| %s | %d | %.4f | %.4f | %.4f | %.2f | %d | %d | %.2f |\n", names[i],
            median("step", names[i], "sagan", "batch"), ours, plain, last, ours / (plain < last ? plain : last), peak, theirs, peak / theirs
    }
}

function steady(    names, n, i) {
    n = split(order["steady"], names, " ")
    if (!n)
        return
    printf "\n| case | MiB after %d | MiB after %d more | live tensors | later | waiting for the loader |\n", warmup, steps
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++)
        printf "| %s | %d | %d | %d | %d | %.1f %% |\n", names[i],
            median("steady", names[i], "steady", "resident_warm"), median("steady", names[i], "steady", "resident_end"),
            median("steady", names[i], "steady", "live_warm"), median("steady", names[i], "steady", "live_end"),
            100 * median("steady", names[i], "steady", "loader_wait")
}
