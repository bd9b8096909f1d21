#!/usr/bin/env bash
# install.sh BUILT PREFIX PROGRAM…: puts programs from the folder BUILT, their manual pages, and what
# bash, zsh and fish complete, below PREFIX. install.sh --remove PREFIX PROGRAM… takes them away.
set -euo pipefail
from=$1 prefix=$2
shift 2
manuals=$(dirname "$0")

# completions PROGRAM: each shell, and the file that it looks for
completions() {
    echo "bash $prefix/share/bash-completion/completions/$1"
    echo "zsh $prefix/share/zsh/site-functions/_$1"
    echo "fish $prefix/share/fish/vendor_completions.d/$1.fish"
}

pages() { find "$manuals" -name "$1.1" -o -name "$1.*.1"; }

for program; do
    if [ "$from" = --remove ]; then
        rm -f "$prefix/bin/$program"
        pages "$program" | while read -r page; do rm -f "$prefix/share/man/man1/${page##*/}"; done
        completions "$program" | while read -r _ file; do rm -f "$file"; done
        continue
    fi
    install -D -m 755 -t "$prefix/bin" "$from/$program"
    pages "$program" | while read -r page; do
        install -D -m 644 -t "$prefix/share/man/man1" "$page"
    done
    completions "$program" | while read -r shell file; do
        install -d "$(dirname "$file")"
        "$from/$program" --generate-completion-script "$shell" > "$file"
    done
done
if [ "$from" = --remove ]; then
    echo "removed from $prefix: $*"
else
    echo "$prefix/bin has $*; man ${*:1:1} explains"
    case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) echo "$prefix/bin is not where this shell looks for programs: add it to PATH" ;;
    esac
fi
