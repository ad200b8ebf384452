import {Flags} from '@oclif/core'

import {locally, requireWritable, writePrivateFile} from '../lib/local-files.js'

/** What a report can be besides a screen, CSV and JSON. */
export const reportFlags = {
  markdown: Flags.boolean({description: 'as a Markdown table, for chat', exclusive: ['json', 'csv']}),
  html: Flags.string({
    description: 'also write it to this file: a page with charts, to send to somebody; a file of that name is replaced',
    helpValue: 'FILE',
  }),
}

/** Before anything is read: of thousands of add-ons that takes minutes. @throws {Failure} about this machine */
export async function requireReportFile(file: string | undefined): Promise<void> {
  if (file !== undefined) await locally(writing(file), () => requireWritable(file))
}

/** For its owner alone, as it says what a company uses and pays. */
export async function writeReport(file: string | undefined, render: () => string): Promise<void> {
  if (file !== undefined) await locally(writing(file), () => writePrivateFile(file, Buffer.from(render())))
}

function writing(file: string) {
  return {doing: `write the report to ${file}`, suggestions: ['Give another --html.']} as const
}
