# Operators on next to nothing.

END {
    n = begin_table("ops", list, "Operators", "",
        "| us by call | Sagan | PyTorch | ratio |")
    for (k = 1; k <= n; k++)
        printf "| %s | %.2f | %.2f | %s |\n", list[k],
            median("ops", list[k], "sagan", "us"), median("ops", list[k], "pytorch", "us"), spread("ops", list[k], "sagan", "pytorch", "us")
}
