# Operators on next to nothing.

END {
    n = names("ops", list)
    if (n) {
        print "\n## Operators\n"
        print "| us by call | Sagan | PyTorch | ratio |\n|---|---|---|---|"
    }
    for (k = 1; k <= n; k++)
        printf "| %s | %.2f | %.2f | %.2f |\n", list[k],
            median("ops", list[k], "sagan", "us"), median("ops", list[k], "pytorch", "us"), ratio("ops", list[k], "sagan", "pytorch", "us")
}
