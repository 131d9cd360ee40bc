# Reads lines of key=value, marked with mode=, side= and case=; the tables, each in a file of its own, ask for medians of them.

{
    delete field
    for (i = 1; i <= NF; i++) {
        split($i, pair, "=")
        field[pair[1]] = pair[2]
    }
    mode = field["mode"]
    # The four lines of a run of the operators are cases of their own.
    name = ("op" in field) ? field["op"] : field["case"]
    if (!seen[mode, name]++)
        order[mode] = order[mode] " " name
    for (key in field)
        if (key != "mode" && key != "side" && key != "case" && key != "op") {
            place = mode SUBSEP name SUBSEP field["side"] SUBSEP key
            value[place, ++count[place]] = field[key] + 0
        }
}

# names(mode, list) : fills the list with the mode's cases, in the order of their first lines.
function names(mode, list) {
    return split(order[mode], list, " ")
}

# begin_table(mode, list, title, note, columns) : the lines above a table's rows, unless the mode has no cases; fills the list with
# them and returns how many.
function begin_table(mode, list, title, note, columns,    n) {
    n = names(mode, list)
    if (n) {
        print "\n## " title "\n"
        if (note)
            print note "\n"
        print columns
        gsub(/[^|]+/, "---", columns)
        print columns
    }
    return n
}

# median(mode, name, side, key) : of the runs.
function median(mode, name, side, key,    place, n, i, list) {
    place = mode SUBSEP name SUBSEP side SUBSEP key
    n = count[place]
    for (i = 1; i <= n; i++)
        list[i] = value[place, i]
    return middle(list, n)
}

# ratios(mode, name, above, below, key, list) : one side's figure over the other's, run by run (neighbours in time); returns how many.
function ratios(mode, name, above, below, key, list,    a, b, n, i) {
    a = mode SUBSEP name SUBSEP above SUBSEP key
    b = mode SUBSEP name SUBSEP below SUBSEP key
    n = count[a] < count[b] ? count[a] : count[b]
    for (i = 1; i <= n; i++)
        list[i] = value[a, i] / value[b, i]
    return n
}

# ratio(mode, name, above, below, key) : their median.
function ratio(mode, name, above, below, key,    n, list) {
    n = ratios(mode, name, above, below, key, list)
    return middle(list, n)
}

# spread(mode, name, above, below, key) : the median and, behind it, the least and the most, in words.
function spread(mode, name, above, below, key,    n, list, median_of_all) {
    n = ratios(mode, name, above, below, key, list)
    median_of_all = middle(list, n)
    return n > 1 ? sprintf("%.2f (%.2f to %.2f)", median_of_all, list[1], list[n]) : sprintf("%.2f", median_of_all)
}

# Sorts the list.
function middle(list, n,    i, j, held) {
    for (i = 2; i <= n; i++) {
        held = list[i]
        for (j = i - 1; j > 0 && list[j] > held; j--)
            list[j + 1] = list[j]
        list[j + 1] = held
    }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
