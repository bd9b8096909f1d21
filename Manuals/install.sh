#!/usr/bin/env bash
# install.sh BUILT PREFIX [DESTDIR]: puts the programs from the folder BUILT, their manual pages, and
# what bash, zsh and fish complete, below DESTDIR and PREFIX. install.sh --remove PREFIX [DESTDIR]
# takes them away.
set -euo pipefail
from=$1 prefix=$2 root=${3-}$2
here=$(dirname "$0")
programs="httptrace httptrace-server httptrace-client"
pages="$programs httptrace-client-report httptrace-client-send"
for command in read capture run verify diff demo interfaces explain; do
    pages="$pages httptrace-$command"
done

# completions PROGRAM: each shell, and the file that it looks for
completions() {
    echo "bash $root/share/bash-completion/completions/$1"
    echo "zsh $root/share/zsh/site-functions/_$1"
    echo "fish $root/share/fish/vendor_completions.d/$1.fish"
}

# page NAME: the manual page of a program, or of a subcommand of one
page() {
    local command=("$1") also=
    case "$1" in
    httptrace-server | httptrace-client | httptrace) ;;
    httptrace-client-*) command=(httptrace-client "${1#httptrace-client-}") ;;
    *) command=(httptrace "${1#httptrace-}") ;;
    esac
    for other in $pages; do [ "$other" = "$1" ] || also="$also${also:+, }$other(1)"; done
    COLUMNS=10000 "$from/${command[0]}" "${command[@]:1}" --help |
        awk -v name="$1" -v version="$("$from/httptrace" --version)" -v also="$also" \
            -f "$here/page.awk"
}

if [ "$from" = --remove ]; then
    for program in $programs; do
        rm -f "$root/bin/$program"
        completions "$program" | while read -r _ file; do rm -f "$file"; done
    done
    for name in $pages; do rm -f "$root/share/man/man1/$name.1"; done
    echo "removed from $root: $programs"
    exit
fi
install -d "$root/bin" "$root/share/man/man1"
for program in $programs; do
    install -m 755 "$from/$program" "$root/bin"
    completions "$program" | while read -r shell file; do
        install -d "$(dirname "$file")"
        "$from/$program" --generate-completion-script "$shell" > "$file"
        [ "$program $shell" != "httptrace bash" ] || cat "$here/read-by-default.bash" >> "$file"
        chmod 644 "$file"
    done
done
for name in $pages; do
    page "$name" > "$root/share/man/man1/$name.1"
    chmod 644 "$root/share/man/man1/$name.1"
done
echo "$root/bin has $programs; man httptrace tells more"
case ":$PATH:" in
*":$prefix/bin:"*) ;;
*) echo "$prefix/bin is not where this shell looks for programs: add it to PATH" ;;
esac
