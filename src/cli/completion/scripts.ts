/** What a shell evaluates, so that it asks `twilio:completion --line` for what can be typed at the cursor. */
export type Shell = 'bash' | 'zsh' | 'fish'

/** @param run the command line that runs this tool, quoted for the shell; `program` is what is completed */
export function completionScript(
  shell: Shell,
  {program, run}: {readonly program: string; readonly run: string},
): string {
  if (shell === 'fish')
    return `complete -c ${program} -f -a '(${run} twilio:completion --line (commandline -cp | string collect) 2>/dev/null)'`
  const lines = [
    // A ~/.zshrc need not have started zsh's own completion, which that of bash stands on.
    ...(shell === 'zsh'
      ? [
          '(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }',
          'autoload -U +X bashcompinit && bashcompinit',
        ]
      : []),
    '_aka_twilio() {',
    '  local IFS=$\'\\n\' line="${COMP_LINE:0:$COMP_POINT}"',
    '  local word="${line##* }"',
    // Bash takes a colon, and an equals sign, for the end of a word, and puts in only what stands behind the last.
    '  local prefix="${word%"${word##*[:=]}"}"',
    `  COMPREPLY=($(${run} twilio:completion --line "$line" 2>/dev/null))`,
    '  if [[ -n ${BASH_VERSION-} && $COMP_WORDBREAKS == *:* ]]; then COMPREPLY=("${COMPREPLY[@]#"$prefix"}"); fi',
    '}',
    `complete -o default -F _aka_twilio ${program}`,
  ]
  return lines.join('\n')
}
