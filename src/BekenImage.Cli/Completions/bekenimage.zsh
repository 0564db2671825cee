#compdef bekenimage
# zsh completion for bekenimage: words come from the program itself, file names from zsh.
_bekenimage() {
    local line="${(j: :)words[2,CURRENT]}"
    local -a known
    known=("${(@f)$("$words[1]" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    compadd -a known
    _files
}
compdef _bekenimage bekenimage
# Found on fpath this file is the function itself; sourced it only defines it.
if [[ $funcstack[1] == _bekenimage ]]; then _bekenimage; fi
