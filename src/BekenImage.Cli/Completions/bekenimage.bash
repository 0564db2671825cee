# bash completion for bekenimage: words come from the program itself, file names from bash.
_bekenimage() {
    local line=${COMP_LINE#*[[:space:]]} cut IFS=$'\n'
    cut=$(( ${#COMP_LINE} - ${#line} ))
    COMPREPLY=( $(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$(( COMP_POINT - cut ))]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
}
complete -o default -F _bekenimage bekenimage
