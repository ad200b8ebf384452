import type {AddonContext} from '../lib/addon/context.js'
import type {Failure} from '../lib/errors.js'
import type {Session} from '../lib/session.js'
import {appUsage, reportFleetUsage, reportUsage, type UsageDocument} from '../lib/usage/document.js'
import {type Fleet, mergedFleets, readFleet} from '../lib/usage/fleet.js'
import type {MonthChoice} from '../lib/usage/month.js'
import type {UsageLimits} from '../lib/usage/over-limit.js'
import {readAppUsage} from '../lib/usage/read-one.js'
import type {UsageReport} from '../lib/usage/report.js'
import type {OfEachProfile} from './of-each-profile.js'
import type {Colors} from './output/colors.js'
import {renderUsage} from './output/twilio/usage.js'
import {renderFleetUsage} from './output/twilio/usage-all.js'
import {type Screen, watch, watching} from './output/watch.js'
import {countProgress, progress} from './progress.js'

/** The usage that a command line is about, once it was read: of one add-on, or of all. */
export interface UsageReading {
  /** @param overOnly of all add-ons only those that reach a limit */
  readonly report: (limits: UsageLimits, options: {readonly overOnly: boolean}) => Reported
  /** Redraws it until Ctrl-C; resolves to what was read last. */
  readonly watch: (screen: ColoredScreen, options: WatchOptions) => Promise<UsageDocument>
}

interface Reported {
  readonly document: UsageDocument
  readonly failures: readonly Failure[]
  /** Whether there are more add-ons than those that are shown. */
  readonly areOthers: boolean
  /** Keys of items that cannot be read. */
  readonly unknown: readonly string[]
}

interface ColoredScreen extends Screen {
  readonly colors: Colors
}

interface WatchOptions {
  /** In seconds. */
  readonly interval?: number | undefined
}

interface Asked {
  readonly month: MonthChoice
  readonly daily: boolean
}

export async function usageOfApp(context: AddonContext, appSpace: string, asked: Asked): Promise<UsageReading> {
  const first = await progress(`reading the usage of ${appSpace}`, () => readAppUsage(context, appSpace, asked))
  return {
    report: (limits) => ({...reportUsage(first, limits), areOthers: false, unknown: []}),
    async watch({colors, ...screen}, options) {
      const read = () => readAppUsage({...context, warn: () => undefined}, appSpace, asked)
      const render = (latest: UsageReport) => renderUsage(appUsage(latest), colors)
      return appUsage(await watch({...watching(screen, context.main, options), first, read, render}))
    },
  }
}

/** Of all main accounts that are asked for. */
export async function usageOfAll(ofEach: OfEachProfile, {month}: Asked): Promise<UsageReading> {
  let transport: Session['transport'] | undefined
  const readAll = () =>
    ofEach(async (session) => {
      transport = session.transport
      const [registry, service] = await Promise.all([session.registry(), session.simService()])
      return readFleet({registry, service}, month, countProgress)
    })
  const found = await progress('reading the usage of every add-on', readAll)
  const fleet = mergedFleets(found.parts)
  return {
    report(limits, options) {
      const {document, failures} = reportFleetUsage(fleet, limits, options)
      return {
        document: {...document, ...found.read},
        failures: [...found.failures, ...failures],
        areOthers: fleet.entries.length > 0,
        unknown: fleet.unknown,
      }
    },
    async watch({colors, ...screen}, options) {
      if (!transport) throw new Error('no main account was read')
      const read = async () => mergedFleets((await readAll()).parts)
      const document = (latest: Fleet) => reportFleetUsage(latest, {}).document
      const render = (latest: Fleet) => renderFleetUsage(document(latest), colors)
      return document(await watch({...watching(screen, {transport}, options), first: fleet, read, render}))
    },
  }
}
