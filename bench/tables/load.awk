# Folders of JPEGs: an epoch that decodes, a later one, and both.

END {
    n = begin_table("load", list, "Loading JPEG folders",
        "Pictures a second; times faster than Pillow in torch's DataLoader. Sagan decodes in the first epoch only; processor time is of both, by picture and epoch.",
        "| pictures | first epoch Sagan | PyTorch | times | later epochs Sagan | PyTorch | times | two epochs: times | CPU ms a picture Sagan | PyTorch |")
    for (k = 1; k <= n; k++)
        printf "| %s | %.0f | %.0f | %s | %.0f | %.0f | %.0f | %s | %.2f | %.2f |\n", list[k],
            read_in(list[k], "sagan", "first"), read_in(list[k], "pytorch", "first"), spread("load", list[k], "pytorch", "sagan", "first"),
            read_in(list[k], "sagan", "later"), read_in(list[k], "pytorch", "later"), ratio("load", list[k], "pytorch", "sagan", "later"),
            spread("load", list[k], "pytorch", "sagan", "both"), busy(list[k], "sagan"), busy(list[k], "pytorch")
}

function read_in(name, side, epoch) {
    return median("load", name, side, "images") / median("load", name, side, epoch)
}

# Of both epochs, each picture counted twice.
function busy(name, side) {
    return 1000 * median("load", name, side, "cpu") / (2 * median("load", name, side, "images"))
}
