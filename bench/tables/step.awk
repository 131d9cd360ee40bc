# Training steps: ours, the public code's form, the competent form.

END {
    n = begin_table("step", list, "Training",
        "Sagan / Sagan in bf16 / PyTorch as the public code has it / PyTorch written well (channels-last), both in float32.",
        "| case | batch | images/s | times faster than public, well written | bf16: times faster | peak MiB | of public, well written | CPU s a step | of the matrix product's rate |")
    for (k = 1; k <= n; k++) {
        name = list[k]
        printf "| %s | %d | %s | %s, %s | %s, %s | %d / %d / %d / %d | %.2f, %.2f | %.2f / %.2f / %.2f / %.2f | %s |\n", name,
            median("step", name, "sagan", "batch"),
            speed(name, "sagan") " / " speed(name, "bf16") " / " speed(name, "public") " / " speed(name, "competent"),
            spread("step", name, "public", "sagan", "seconds"), spread("step", name, "competent", "sagan", "seconds"),
            spread("step", name, "public", "bf16", "seconds"), spread("step", name, "competent", "bf16", "seconds"),
            median("step", name, "sagan", "peak"), median("step", name, "bf16", "peak"), median("step", name, "public", "peak"), median("step", name, "competent", "peak"),
            ratio("step", name, "sagan", "public", "peak"), ratio("step", name, "sagan", "competent", "peak"),
            median("step", name, "sagan", "cpu"), median("step", name, "bf16", "cpu"), median("step", name, "public", "cpu"), median("step", name, "competent", "cpu"),
            share(name, "sagan") " / " share(name, "bf16") " / " share(name, "public") " / " share(name, "competent")
    }
}

function speed(name, side) {
    return sprintf("%.1f", median("step", name, side, "images") / median("step", name, side, "seconds"))
}

# Arithmetic is counted as Sagan does it, on every side: the same useful work.
function share(name, side) {
    return sprintf("%.0f %%", 100 * median("step", name, side, "gflop") / median("step", name, side, "seconds") / median("step", name, "machine", "gflops"))
}
