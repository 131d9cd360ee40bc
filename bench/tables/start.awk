# From the start of a process to a picture on disk.

END {
    n = begin_table("start", list, "Start to first picture", "",
        "| case | seconds Sagan | Python | ratio |")
    for (k = 1; k <= n; k++)
        printf "| %s | %.2f | %.2f | %s |\n", list[k],
            median("start", list[k], "sagan", "seconds"), median("start", list[k], "python", "seconds"),
            spread("start", list[k], "sagan", "python", "seconds")
}
