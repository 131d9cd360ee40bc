# One network over a long run: does the cost of a step, or memory, creep up?

END {
    n = begin_table("steady", list, sprintf("A long run: %d iterations after %d", steps, warmup), "",
        "| case | ms a step in the first fifth | in the last | MiB at first | at last | live tensors | later | waiting for the loader | managed kB a step | collections of generation 0, 1, 2 | ms they paused |")
    for (k = 1; k <= n; k++)
        printf "| %s | %.1f | %.1f | %d | %d | %d | %d | %.1f %% | %.1f | %d, %d, %d | %.0f |\n", list[k],
            1000 * median("steady", list[k], "sagan", "first"), 1000 * median("steady", list[k], "sagan", "last"),
            median("steady", list[k], "sagan", "resident_warm"), median("steady", list[k], "sagan", "resident_end"),
            median("steady", list[k], "sagan", "live_warm"), median("steady", list[k], "sagan", "live_end"),
            100 * median("steady", list[k], "sagan", "loader_wait"), median("steady", list[k], "sagan", "garbage"),
            median("steady", list[k], "sagan", "gen0"), median("steady", list[k], "sagan", "gen1"), median("steady", list[k], "sagan", "gen2"),
            median("steady", list[k], "sagan", "pause")
}
