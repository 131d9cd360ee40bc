# From the start of a process to a picture on disk.

END {
    n = names("start", list)
    if (n) {
        print "\n## Start to first picture\n"
        print "| case | seconds Sagan | Python | ratio |"
        print "|---|---|---|---|"
    }
    for (k = 1; k <= n; k++)
        printf "| %s | %.2f | %.2f | %.2f |\n", list[k],
            median("start", list[k], "sagan", "seconds"), median("start", list[k], "python", "seconds"),
            ratio("start", list[k], "sagan", "python", "seconds")
}
