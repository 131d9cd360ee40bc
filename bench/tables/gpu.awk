# Training steps on a GPU: ours and PyTorch's in float32, ours in bf16 and PyTorch's in automatic mixed precision.

END {
    n = begin_table("gpu", list, "Training on a GPU",
        "Float32: Sagan / PyTorch, channels-last. Mixed precision: Sagan bf16 / PyTorch autocast to bfloat16, channels-last.",
        "| case | batch | float32: images/s | times faster | peak MiB | mixed: images/s | times faster | peak MiB |")
    for (k = 1; k <= n; k++) {
        name = list[k]
        printf "| %s | %d | %.1f / %.1f | %s | %d / %d | %.1f / %.1f | %s | %d / %d |\n", name, median("gpu", name, "sagan", "batch"),
            images_by_second(name, "sagan"), images_by_second(name, "competent"), spread("gpu", name, "competent", "sagan", "seconds"),
            median("gpu", name, "sagan", "peak"), median("gpu", name, "competent", "peak"),
            images_by_second(name, "bf16"), images_by_second(name, "mixed"), spread("gpu", name, "mixed", "bf16", "seconds"),
            median("gpu", name, "bf16", "peak"), median("gpu", name, "mixed", "peak")
    }
}

function images_by_second(name, side) {
    return median("gpu", name, side, "images") / median("gpu", name, side, "seconds")
}
