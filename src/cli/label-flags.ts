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
