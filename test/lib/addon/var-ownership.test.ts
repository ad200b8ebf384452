import {describe, expect, it} from '@jest/globals'

import type {AddonRegistry} from '../../../src/lib/addon/addon-registry.js'
import {foreignVars, requireFreeVars} from '../../../src/lib/addon/var-ownership.js'
import type {ConfigVars} from '../../../src/lib/akkeris/config-vars.js'
import {transportOf} from '../../support/in-process.js'

const OURS = 'AC1'
const all = (sid: string) => ({TWILIO_SID: sid, TWILIO_AUTH_TOKEN: 'x', TWILIO_PHONE_NUMBER: 'y'})
const {TWILIO_SID: _, ...withoutSid} = all(OURS)

describe('config vars of somebody else', () => {
  it.each<[string, ConfigVars, {ours: string | undefined; begun: boolean}, string[]]>([
    ['none where there are none', {OTHER: 'x'}, {ours: undefined, begun: false}, []],
    [
      'all three where the SID is another one',
      all('AC9'),
      {ours: OURS, begun: true},
      ['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER', 'TWILIO_SID'],
    ],
    [
      'none where the SID is ours, whatever else was changed',
      {...all(OURS), TWILIO_AUTH_TOKEN: '[redacted]'},
      {ours: OURS, begun: false},
      [],
    ],
    [
      'those without a SID where nothing was begun',
      withoutSid,
      {ours: OURS, begun: false},
      ['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER'],
    ],
    ['none of those that an interrupted run may have written', withoutSid, {ours: OURS, begun: true}, []],
    [
      'all of those with a SID before there is a subaccount',
      all('AC9'),
      {ours: undefined, begun: true},
      ['TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER', 'TWILIO_SID'],
    ],
    ['as without a SID where it is empty', {...all(OURS), TWILIO_SID: ''}, {ours: OURS, begun: true}, []],
  ])('are %s', (_title, vars, ownership, foreign) => {
    expect(foreignVars(vars, ownership)).toEqual(foreign)
  })
})

interface Addon {
  readonly name: string
  readonly plan: string
  readonly configVars?: Record<string, string>
}

/** An Akkeris where the app has these config vars by now, these owners and these add-ons. */
function akkerisWith(vars: ConfigVars, notes?: Record<string, {type: string}>, addons: readonly Addon[] = []) {
  const asked: string[] = []
  const transport = transportOf(async ({url}) => {
    const what = url.split('/').at(-1) ?? ''
    asked.push(what)
    const one = addons.find(({name}) => name === what)
    const body = one
      ? {config_vars: one.configVars}
      : {notes, addons: addons.map(({name, plan}) => ({name, plan: {name: plan}})), 'config-vars': vars}[what]
    return {status: body ? 200 : 404, headers: {}, body: JSON.stringify(body ?? 'Not found')}
  })
  const akkeris = {baseUrl: 'https://x.example.com', host: 'x.example.com', authorization: 'x', transport}
  return {asked, context: {akkeris, registry: {} as unknown as AddonRegistry}}
}

describe('whether the add-on may write its config vars', () => {
  const ask = {appSpace: 'api-default', vars: all('AC9'), ours: OURS, begun: true, forced: false}

  it('is not asked of anybody where nothing is in the way', async () => {
    const {asked, context} = akkerisWith({})
    expect(await requireFreeVars(context, {...ask, vars: all(OURS)})).toEqual(all(OURS))
    expect(asked).toEqual([])
  })

  it('is looked at once more: what was in the way may be gone by now', async () => {
    expect(await requireFreeVars(akkerisWith({OTHER: 'x'}).context, ask)).toEqual({OTHER: 'x'})
  })

  it('is no without --force, and yes with it', async () => {
    const {context} = akkerisWith(all('AC9'))
    await expect(requireFreeVars(context, ask)).rejects.toMatchObject({code: 'FOREIGN_CONFIG_VARS', exitCode: 6})
    expect(await requireFreeVars(context, {...ask, forced: true})).toEqual(all('AC9'))
  })

  const ofAddon = {TWILIO_SID: {type: 'addon'}}
  const [phones, cache] = [
    {name: 'phones', plan: 'telephony:basic', configVars: {TWILIO_SID: 'AC9'}},
    {name: 'cache', plan: 'redis:small'},
  ]
  it.each<[string, Addon[], string]>([
    ['that set them', [phones, cache], 'phones'],
    ['that there are, where Akkeris does not tell', [cache, {...phones, configVars: {}}], 'cache or phones'],
  ])('is no in any case for those of the platform’s add-ons; named are those %s', async (_title, addons, named) => {
    const {context} = akkerisWith(all('AC9'), ofAddon, addons)
    const refused = await requireFreeVars(context, {...ask, forced: true}).catch((error: unknown) => error as Error)
    expect(refused).toMatchObject({code: 'PLATFORM_ADDON_EXISTS', exitCode: 6})
    expect((refused as Error).message).toContain(`add-on ${named}, and`)
  })

  it('is no, even by force, for those of the platform’s own Twilio add-on, which count as the user’s', async () => {
    const {context} = akkerisWith(all('AC9'), {TWILIO_SID: {type: 'user'}}, [
      cache,
      {name: 'twilio-fair-1234', plan: 'twilio:small'},
    ])
    const refused = requireFreeVars(context, {...ask, forced: true})
    await expect(refused).rejects.toMatchObject({
      code: 'PLATFORM_ADDON_EXISTS',
      message: expect.stringContaining('twilio-fair-1234 (twilio:small)') as unknown,
    })
  })
})
