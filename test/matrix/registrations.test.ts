import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll} from '@jest/globals'

import {CREATE, stateAfter, stateOf} from '../support/faults.js'
import {REGISTRATION} from '../support/registration.js'
import {tryMatrix} from './matrix.js'

const folder = await mkdtemp(join(tmpdir(), 'registration-'))
afterAll(async () => rm(folder, {recursive: true}))
const file = join(folder, 'registration.yaml')
const wrongFile = join(folder, 'wrong.yaml')
await writeFile(file, JSON.stringify(REGISTRATION))
const wrong = {...REGISTRATION, representative: {...REGISTRATION.representative, last_name: 'Example [18604]'}}
await writeFile(wrongFile, JSON.stringify(wrong))

const submit = (from: string) => `twilio:registration:submit -a api-default --file ${from} --yes --json`
const ready = await stateAfter(CREATE)
const tollFree = await stateAfter(`${CREATE} --number-type toll-free`)

/** The state some submissions later, each of which was reviewed. */
const reviewedAfter = (times: number, from: string) =>
  stateOf(async (world) => {
    for (let time = 1; time <= times; time++) {
      await world.aka(submit(from))
      await world.sandbox.advanceClock(10)
    }
  }, ready)

await tryMatrix('registrations', {
  'registration:submit': {command: submit(file), from: ready},
  'registration:submit with the brand': {command: submit(file), from: await reviewedAfter(2, file)},
  'registration:submit with the campaign': {command: submit(file), from: await reviewedAfter(3, file)},
  'registration:submit of a toll-free number': {command: submit(file), from: tollFree},
  'registration:fix': {
    command: `twilio:registration:fix -a api-default --file ${file} --yes --json`,
    from: await reviewedAfter(1, wrongFile),
  },
})
