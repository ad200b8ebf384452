import {describe, expect, it} from '@jest/globals'

import {findPlatformTwilio, listAddons, readAddonVarNames} from '../../../src/lib/akkeris/addons.js'
import {getAppToChange} from '../../../src/sandbox/akkeris/apps.js'
import {answering, startInProcess, transportOf} from '../../support/in-process.js'

function where(status: number, body: unknown) {
  const transport = transportOf(answering(status, body))
  return {baseUrl: 'https://x.example.com', host: 'x.example.com', authorization: 'x', transport}
}

/** An app with an add-on of the platform's. */
async function withAddon(name: string, plan: string) {
  const {sandbox, akkeris} = await startInProcess()
  await sandbox.change((state) => {
    getAppToChange(state, 'api-dev').addons.push({name, plan, configVars: {SOME_URL: 'redis://:secret@x'}})
  })
  return akkeris
}

describe("the platform's add-ons of an app", () => {
  it('have a name, a service and a plan', async () => {
    const akkeris = await withAddon('cache', 'redis:small')
    expect(await listAddons(akkeris, 'api-dev')).toEqual([{name: 'cache', service: 'redis', plan: 'redis:small'}])
  })

  it('show the names of their config vars one by one, never the values', async () => {
    expect(await readAddonVarNames(await withAddon('cache', 'redis:small'), 'api-dev', 'cache')).toEqual(['SOME_URL'])
  })

  it.each([
    ['twilio-fair-1234', 'twilio:small', true],
    ['phones', 'twilio:large', true],
    ['twilio', 'redis:small', false],
  ])('tell by plan whether it is Twilio: %s, %s', async (name, plan, isTwilio) => {
    expect((await findPlatformTwilio(await withAddon(name, plan), 'api-dev')) !== undefined).toBe(isTwilio)
  })

  it('are none where the app is gone, which no other refusal means', async () => {
    expect(await listAddons(where(404, 'Not found'), 'api-dev')).toEqual([])
    expect(await readAddonVarNames(where(404, 'Not found'), 'api-dev', 'x')).toEqual([])
    await expect(listAddons(where(401, 'Unauthorized'), 'api-dev')).rejects.toMatchObject({exitCode: 5})
  })
})
