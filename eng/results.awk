# Reads the result files of dotnet test (trx); prints what failed (name, message, place), why something was skipped, and
# the totals as the last line. Exits with 1 when anything failed.
#
#   awk -v root=/path/to/repository -v broken=0 -v filter= -f results.awk a.trx b.trx
#
# broken: how many test projects broke off without saying which test failed; each counts as a failure.
# filter: what the names had to contain; that nothing did is an error too, most likely a misspelt name.
#
# A record is one tag with the text behind it: XML allows '<' nowhere else.

BEGIN { RS = "<" }

/^UnitTestResult / {
    outcome = attribute("outcome")
    name = attribute("testName")
    message = ""
    inside = 1
    if (outcome == "Passed") passed++
    else if (outcome == "NotExecuted") skipped++
    else failed++
    if ($0 ~ /\/>[ \r\n]*$/) inside = 0
}

inside && /^Message>/ { message = text() }

inside && /^StackTrace>/ { place = places(text()) }

/^\/UnitTestResult>/ {
    if (outcome == "NotExecuted") reasons[message] = reasons[message] "\n    " name
    else if (outcome != "Passed") printf "\nFAILED %s\n%s%s\n", name, indented(message), place
    inside = 0
    place = ""
}

END {
    for (reason in reasons) printf "\nskipped: %s%s\n", reason, reasons[reason]
    nothing = filter != "" && passed + failed + skipped + broken == 0
    if (nothing) printf "\nNo test has \"%s\" in its full name.\n", filter
    printf "\n%d passed, %d failed, %d skipped\n", passed, failed + broken, skipped
    exit failed + broken > 0 || nothing
}

function attribute(key,    start, rest) {
    start = index($0, " " key "=\"")
    rest = substr($0, start + length(key) + 3)
    return decoded(substr(rest, 1, index(rest, "\"") - 1))
}

function text() { return decoded(substr($0, index($0, ">") + 1)) }

function decoded(s) {
    gsub(/&#xD;/, "", s)
    gsub(/&#xA;/, "\n", s)
    gsub(/&lt;/, "<", s)
    gsub(/&gt;/, ">", s)
    gsub(/&quot;/, "\"", s)
    gsub(/&apos;/, "'", s)
    gsub(/&amp;/, "\\&", s)
    return s
}

function indented(s) {
    gsub(/\n/, "\n    ", s)
    return "    " s
}

# The lines of a stack trace that name a line of our source: "\n    at tests/Some/Tests.cs:12".
function places(trace,    lines, count, i, found, line) {
    count = split(trace, lines, "\n")
    for (i = 1; i <= count; i++) {
        line = lines[i]
        if (line !~ / in .*:line [0-9]+/) continue
        sub(/^.* in /, "", line)
        sub(/:line /, ":", line)
        if (index(line, root "/") == 1) line = substr(line, length(root) + 2)
        found = found "\n    at " line
    }
    return found
}
