import {expect, it} from '@jest/globals'

import {listAppSpaces} from '../../../src/lib/akkeris/apps.js'
import {getAppToChange} from '../../../src/sandbox/akkeris/apps.js'
import {answering, startInProcess, transportOf} from '../../support/in-process.js'

it('app-spaces are listed by name, in the order of the alphabet', async () => {
  const {sandbox, akkeris} = await startInProcess()
  await sandbox.change((state) => ['web-dev', 'api-default', 'job-dev'].forEach((name) => getAppToChange(state, name)))
  expect(await listAppSpaces(akkeris)).toEqual(['api-default', 'job-dev', 'web-dev'])
})

it('an app without a name is no answer of Akkeris', async () => {
  const transport = transportOf(answering(200, [{name: 'api-default'}, {id: 'x'}]))
  const akkeris = {baseUrl: 'https://x.example.com', host: 'x.example.com', authorization: 'x', transport}
  await expect(listAppSpaces(akkeris)).rejects.toMatchObject({exitCode: 7})
})
