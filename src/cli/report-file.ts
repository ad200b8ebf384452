import {Flags} from '@oclif/core'

import {locally, writePrivateFile} from '../lib/local-files.js'

/** What a report can be besides a screen, CSV and JSON. */
export const reportFlags = {
  markdown: Flags.boolean({description: 'as a Markdown table, for chat', exclusive: ['json', 'csv']}),
  html: Flags.string({
    description: 'also write it to this file: a page with charts, to send to somebody; a file of that name is replaced',
    helpValue: 'FILE',
  }),
}

/** For its owner alone, as it says what a company uses and pays. */
export async function writeReport(file: string | undefined, render: () => string): Promise<void> {
  if (file === undefined) return
  const suggestions = ['Give another --html.'] as const
  await locally({doing: `write the report to ${file}`, suggestions}, () =>
    writePrivateFile(file, Buffer.from(render())),
  )
}
