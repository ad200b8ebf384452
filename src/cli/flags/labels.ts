import {Flags} from '@oclif/core'

const label = {char: 'l', multiple: true, helpValue: 'KEY=VALUE'} as const

/** What is said of an add-on that is created. */
export const createLabelFlag = {
  label: Flags.string({...label, description: 'label the add-on, e.g. team=payments; repeatable'}),
}

export const labelChangeFlag = {
  label: Flags.string({
    ...label,
    required: true,
    description: 'set a label, e.g. team=payments; an empty value removes it; repeatable',
  }),
}

interface OptionFlag {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
}

/** `team=web`, as people type it, is `--label=team=web`. What follows a flag that takes a value is that value. */
export function labelsAsFlags(argv: readonly string[], flags: Readonly<Record<string, OptionFlag>>): string[] {
  const takesValue = (word: string) =>
    Object.entries(flags).some(
      ([name, {type, char}]) => type === 'option' && [`--${name}`, `-${char ?? ''}`].includes(word),
    )
  return argv.map((word, at) => {
    const isLabel = !word.startsWith('-') && word.includes('=') && !takesValue(argv[at - 1] ?? '')
    return isLabel ? `--label=${word}` : word
  })
}
