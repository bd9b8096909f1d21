# What `PROGRAM --help` prints, in lines as long as they are (COLUMNS=10000), as a manual page:
# awk -v name=httptrace-read -v version=0.1.0 -v also=… -f page.awk
function escaped(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    if (text ~ /^[.']/) text = "\\&" text
    return text
}
function add(text) { body[section] = body[section] text "\n" }
# Begins a section; the page has them in the order in which such pages do, not in this.
function begin(title) {
    literal(0)
    section = title
    isParagraph = 0
}
# Lines that stand further in are shown as they are.
function literal(wanted) {
    if (wanted && !isLiteral) add(".PP\n.nf")
    if (!wanted && isLiteral) add(".fi")
    isLiteral = wanted
}
function show(title) { if (body[title] != "") printf ".SH %s\n%s", title, body[title] }

/^OVERVIEW: / { begin("NAME"); add(escaped(name) " \\- " escaped(substr($0, 11))); next }
/^USAGE: / { begin("SYNOPSIS"); literal(1); add(escaped(substr($0, 8))); next }
section == "SYNOPSIS" && /^ / { sub(/^ +/, ""); add(escaped($0)); next }
section == "NAME" && /./ { begin("DESCRIPTION") }
$0 == "Examples:" { begin("EXAMPLES"); next }
/^[A-Z][A-Z ,-]*:$/ {
    sub(/:$/, "")
    begin(escaped($0))
    lists[++listCount] = section
    isList = 1
    next
}
isList && /^  See / { next }
# Text of an item begins in column 27, beside its label or below it; what else is said of it stands
# less far in.
isList && /^  [^ ]/ {
    label = $0
    text = ""
    if (substr($0, 26, 1) == " " && substr($0, 27) !~ /^<[^>]*>$/) {
        label = substr($0, 1, 25)
        text = substr($0, 27)
    }
    gsub(/^ +| +$/, "", label)
    add(".TP\n.B " escaped(label))
    if (text != "") add(escaped(text))
    next
}
isList { sub(/^ +/, ""); if ($0 != "") add(escaped($0)); next }
/^$/ { literal(0); isParagraph = 1; next }
/^ / { literal(1); add(escaped($0)); next }
{
    literal(0)
    if (isParagraph && body[section] != "") add(".PP")
    isParagraph = 0
    add(escaped($0))
}

END {
    literal(0)
    print ".TH " toupper(escaped(name)) " 1 \"\" \"httptrace " version "\""
    show("NAME")
    show("SYNOPSIS")
    show("DESCRIPTION")
    for (list = 1; list <= listCount; list++) show(lists[list])
    show("EXAMPLES")
    if (also != "") print ".SH SEE ALSO\n" escaped(also)
}
