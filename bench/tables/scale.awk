# How the cost of a picture grows with its size and with the batch, beside the arithmetic; relative to the first row of each series.

END {
    n = begin_table("scale", list, "How costs grow", "",
        "| network, batch | ms a picture | GFLOP a picture | GFLOP/s | peak MiB | cost grown | arithmetic grown |")
    series = ""
    for (k = 1; k <= n; k++) {
        name = list[k]
        images = median("scale", name, "sagan", "images")
        cost = median("scale", name, "sagan", "seconds") / images
        work = median("scale", name, "sagan", "gflop") / images
        split(name, part, ":")
        if (part[1] != series) {
            series = part[1]
            first_cost = cost
            first_work = work
        }
        printf "| by %s: %s, %s | %.2f | %.3f | %.0f | %d | %.2f | %.2f |\n", part[1], part[2], part[3],
            1000 * cost, work, work / cost, median("scale", name, "sagan", "peak"), cost / first_cost, work / first_work
    }
}
