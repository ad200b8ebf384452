import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll} from '@jest/globals'

import {CREATE, stateAfter, stateOf} from '../support/faults.js'
import {REGISTRATION} from '../support/registration.js'
import {tryMatrix} from './matrix.js'

const folder = await mkdtemp(join(tmpdir(), 'registration-'))
afterAll(async () => rm(folder, {recursive: true}))

/** A file, of which its step is rejected that a code in brackets is of. */
async function fileWith(name: string, sections: Readonly<Record<string, object>> = {}): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify({...REGISTRATION, ...sections}))
  return path
}
const {representative, business, campaign, toll_free} = REGISTRATION
const file = await fileWith('registration.yaml')
const wrong = {
  profile: await fileWith('profile.yaml', {representative: {...representative, last_name: 'Example [18604]'}}),
  brand: await fileWith('brand.yaml', {business: {...business, name: 'Example [30795]'}}),
  campaign: await fileWith('campaign.yaml', {
    campaign: {...campaign, description: `${campaign.description} [30886]`},
  }),
  tollFree: await fileWith('toll-free.yaml', {toll_free: {...toll_free, sample: `${toll_free.sample} [30491]`}}),
}

const submit = (from: string) => `twilio:registration:submit -a api-default --file ${from} --yes --json`
const fix = `twilio:registration:fix -a api-default --file ${file} --yes --json`
const ready = await stateAfter(CREATE)
const tollFree = await stateAfter(`${CREATE} --number-type toll-free`)

/** The state some submissions later, each of which was reviewed. */
const reviewedAfter = (times: number, from: string, before = ready) =>
  stateOf(async (world) => {
    for (let time = 1; time <= times; time++) {
      await world.aka(submit(from))
      await world.sandbox.advanceClock(10)
    }
  }, before)

const registered = await reviewedAfter(4, file)

await tryMatrix('registrations', {
  'registration:submit': {command: submit(file), from: ready},
  'registration:submit with the brand': {command: submit(file), from: await reviewedAfter(2, file)},
  'registration:submit with the campaign': {command: submit(file), from: await reviewedAfter(3, file)},
  'registration:submit of a toll-free number': {command: submit(file), from: tollFree},
  'registration:fix': {command: fix, from: await reviewedAfter(1, wrong.profile)},
  'registration:fix of a brand': {command: fix, from: await reviewedAfter(3, wrong.brand)},
  'registration:fix of a campaign': {command: fix, from: await reviewedAfter(4, wrong.campaign)},
  'registration:fix of a toll-free number': {command: fix, from: await reviewedAfter(1, wrong.tollFree, tollFree)},
  'number:change of a registered number': {
    command: `twilio:number:change -a api-default --from ${ready.incomingNumbers[0]?.phoneNumber ?? ''} --yes --json`,
    from: registered,
  },
})
