
# What is no subcommand is for read, as it is without that name.
_httptrace_or_read() {
    if [[ $COMP_CWORD == 2 && ${COMP_WORDS[1]} == help ]]; then
        local -r subjects="read capture run verify diff demo interfaces explain json json-schema"
        COMPREPLY=($(compgen -W "$subjects" -- "$2"))
        return
    fi
    local -a subcommands=()
    if [[ $COMP_CWORD == 1 || $(type -t "_httptrace_${COMP_WORDS[1]}") == function ]]; then
        _httptrace "$@"
        [[ $COMP_CWORD == 1 ]] || return
        subcommands=("${COMPREPLY[@]}")
        COMPREPLY=()
    fi
    local -a COMP_WORDS=("${COMP_WORDS[0]}" read "${COMP_WORDS[@]:1}")
    local -i COMP_CWORD=$((COMP_CWORD + 1))
    _httptrace "$@"
    COMPREPLY+=("${subcommands[@]}")
}
complete -o filenames -F _httptrace_or_read httptrace
