import type {ChangeNumberIntent, CreateIntent, HeldNumber, NumberSource} from '../../src/lib/addon/record.js'
import type {GivenOptions} from '../../src/lib/number/options.js'
import type {OwnedNumber} from '../../src/lib/twilio/numbers.js'
import type {Subaccount} from '../../src/lib/twilio/subaccount.js'
import {type AddonInProcess, openExisting, startReadyAddon} from './in-process-addon.js'

/** A ready add-on whose number is to be changed. */
export interface ChangeInProcess extends AddonInProcess {
  readonly sub: Subaccount
  /** How the add-on was created. */
  readonly made: CreateIntent
  readonly old: HeldNumber
  /** Writes a change down, as a run leaves it that was interrupted then. */
  begin(source: NumberSource, changes?: Partial<ChangeNumberIntent>): Promise<void>
}

export async function startChange(options: GivenOptions = {}): Promise<ChangeInProcess> {
  const world = await startReadyAddon(options)
  const {accountSid, phoneNumber: old, intent: made} = (await world.record()) ?? {}
  if (!old || accountSid === undefined || made?.operation !== 'create') throw new Error('the add-on is not ready')
  return {
    ...world,
    sub: await openExisting(world, accountSid),
    made,
    old,
    async begin(source, changes = {}) {
      const intent: ChangeNumberIntent = {
        operation: 'change-number',
        country: 'US',
        type: 'local',
        made,
        old,
        keepOld: false,
        source,
        ...changes,
      }
      await world.write({state: 'changing', intent})
    },
  }
}

/** What the record says of a number that the add-on has. */
export function asHeld({sid, e164}: OwnedNumber, transferred = false): HeldNumber {
  return {sid, e164, transferred}
}
