# Training steps on a GPU: ours and PyTorch's in float32, ours in bf16 and PyTorch's in automatic mixed precision; ours eagerly and by graphs.

END {
    n = begin_table("gpu", list, "Training on a GPU",
        "Sagan eagerly / by graphs / PyTorch, channels-last; mixed precision is bf16 here and autocast to bfloat16 there.",
        "| case | batch | float32: images/s | times faster eagerly, by graphs | peak MiB | mixed: images/s | times faster eagerly, by graphs | peak MiB |")
    for (k = 1; k <= n; k++) {
        name = list[k]
        printf "| %s | %d | %s | %s |\n", name, median("gpu", name, "sagan", "batch"),
            gpu_columns(name, "sagan", "sagan-graph", "competent"), gpu_columns(name, "bf16", "bf16-graph", "mixed")
    }
}

function gpu_columns(name, eager, graph, peer) {
    return sprintf("%.1f / %.1f / %.1f | %s, %s | %d / %d / %d",
        images_by_second(name, eager), images_by_second(name, graph), images_by_second(name, peer),
        spread("gpu", name, peer, eager, "seconds"), spread("gpu", name, peer, graph, "seconds"),
        median("gpu", name, eager, "peak"), median("gpu", name, graph, "peak"), median("gpu", name, peer, "peak"))
}

function images_by_second(name, side) {
    return median("gpu", name, side, "images") / median("gpu", name, side, "seconds")
}
