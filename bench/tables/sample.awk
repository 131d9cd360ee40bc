# Drawing pictures in a process that runs already.

END {
    n = begin_table("sample", list, "Sampling",
        "Pictures a second. `sagan sample` draws eight at once, by seed; the others draw large batches.",
        "| case | sagan sample | Sagan, batches | PyTorch public | written well | sagan sample: times faster than public, written well | batches: times faster | CPU ms a picture, in this order |")
    for (k = 1; k <= n; k++) {
        name = list[k]
        printf "| %s | %.1f | %.1f | %.1f | %.1f | %s, %s | %s, %s | %.1f / %.1f / %.1f / %.1f |\n", name,
            median("sample", name, "by-seed", "rate"), median("sample", name, "by-batch", "rate"),
            median("sample", name, "public", "rate"), median("sample", name, "competent", "rate"),
            spread("sample", name, "by-seed", "public", "rate"), spread("sample", name, "by-seed", "competent", "rate"),
            spread("sample", name, "by-batch", "public", "rate"), spread("sample", name, "by-batch", "competent", "rate"),
            drawing(name, "by-seed"), drawing(name, "by-batch"), drawing(name, "public"), drawing(name, "competent")
    }
}

function drawing(name, side) {
    return 1000 * median("sample", name, side, "cpu") / median("sample", name, side, "images")
}
