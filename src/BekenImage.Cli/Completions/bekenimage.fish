# fish completion for bekenimage: words come from the program itself, file names from fish.
function __bekenimage_words
    set -l before (commandline -cp)
    set -l line (string replace -r '^\s*\S+\s' '' -- $before)
    bekenimage "[suggest:"(string length -- $line)"]" $line 2>/dev/null
end
complete -c bekenimage -a '(__bekenimage_words)'
