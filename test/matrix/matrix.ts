import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'

import {describe, expect, it} from '@jest/globals'

import type {State} from '../../src/sandbox/sandbox.js'
import {type Finished, startWorld, type World} from '../support/cli.js'
import {type Call, callsOf, expectNoStackTrace, isWrite} from '../support/faults.js'
import {sample} from '../support/runs.js'
import {type Seller, startSeller} from '../support/seller.js'
import {stopAt, takeOver, wake, withClocksOf} from '../support/stopped.js'
import {type InjectedFault, injectedFaults} from './faults.js'
import {leasesIn, reportedIn, sentIn, sightOf} from './sight.js'

/** A command that changes something, and the state in which it is run. */
export interface Story {
  readonly command: string
  readonly from: State | undefined
  readonly prepare?: (world: World, seller: Seller) => Promise<unknown>
  /** Whether its SIMs are with KORE. */
  readonly kore?: boolean
  /** What is done again is something else: a second message, a second order. Only what failed is run again. */
  readonly isDoneOnce?: boolean
  /** What was sent cannot be told from what is sent again: a person decides, who must be told. */
  readonly sends?: boolean
}

interface Case {
  readonly title: string
  readonly expectTruth: () => Promise<void>
}

interface Trial {
  readonly story: Story
  readonly call: Call
  readonly expected: Expected
}

/** What there is after a run without a fault, and after another one: of what is done once there is twice as much then. */
interface Expected {
  readonly once: unknown
  readonly twice: unknown
}

/** In `npm test`: about so many, of one in so many stories. To learn the calls of a story takes as long as several cases. */
const DRAWN = 5
const ONE_STORY_IN = 6

/**
 * Each story, with each of the calls that it makes without a fault, with each fault: then the same command again. Also with each
 * call after which the process stands still until another took over, and with clocks that are wrong. In the end there is what was
 * promised, once, and nothing else, and all runs told the truth.
 */
export async function tryMatrix(name: string, stories: Readonly<Record<string, Story>>): Promise<void> {
  const tried = sample(Object.entries(stories), ONE_STORY_IN)
  const cases = (await Promise.all(tried.map(casesOf))).flat()
  const drawn = sample(cases, Math.max(1, cases.length / DRAWN))
  process.stderr.write(
    `${name}: ${drawn.length} of ${cases.length} cases of ${tried.map(([story]) => story).join(', ')}\n`,
  )

  describe(name, () => {
    it.concurrent.each(drawn.map((each) => [each.title, each] as const))(
      '%s',
      async (_, {expectTruth}) => expectTruth(),
      // A run that is to be killed waits by the machine's clock.
      180_000,
    )
  })
}

async function casesOf([name, story]: readonly [string, Story]): Promise<Case[]> {
  let clean: {readonly calls: readonly Call[]; readonly expected: Expected} | undefined
  await inStory(story, async (world, seller) => {
    const seen = async (): Promise<unknown> => {
      const {exitCode, stdout, stderr} = await world.aka(story.command)
      if (exitCode !== 0) throw new Error(`${name}: the clean run ends with ${exitCode}: ${stdout}${stderr}`)
      return see(world, seller)
    }
    const from = world.sandbox.requests.length
    const once = await seen()
    const calls = callsOf(world.sandbox, world.accountSid, from)
    clean = {calls, expected: {once, twice: story.isDoneOnce ? await seen() : once}}
  })
  if (!clean) throw new Error('Nothing ran.')
  const {calls, expected} = clean
  const faulty = calls.flatMap((call) =>
    injectedFaults
      .filter(({fits}) => fits?.(call) ?? true)
      .map((fault) => ({
        title: `${name}: ${call.title}: ${fault.name}`,
        expectTruth: () => expectTruth({story, call, expected}, fault),
      })),
  )
  // What is sent is sent by each run.
  const stopped = (story.sends ? [] : calls).map((call) => ({
    title: `${name}: ${call.title}: the process stands still after it until another run took over`,
    expectTruth: () => expectTakenOver({story, call, expected}),
  }))
  const wrongClocks = [300, -300].map((seconds) => ({
    title: `${name}: the clock is wrong by ${seconds} seconds`,
    expectTruth: () => expectDone(story, {seconds, expected: expected.once}),
  }))
  return [...faulty, ...stopped, ...wrongClocks]
}

async function expectTruth({story, call, expected}: Trial, fault: InjectedFault): Promise<void> {
  await inStory(
    story,
    async (world, seller) => {
      const {sandbox} = world
      const before = await stateOf(world)
      const {title: _, ...matching} = call
      const running = fault.signal ? world.start(story.command) : undefined
      fault.arrange(sandbox, matching, running)
      const first = await (running?.finished ?? world.aka(story.command))
      if (fault.signal) await allAnswered(world)
      sandbox.faults.clear()
      const between = await stateOf(world)
      expectHonest(world, first, [before, between])
      expectExit(first, fault, call)

      if (story.sends) return expectTold(world, story, {first, between, isKilled: fault.signal === 'SIGKILL'})
      // Who ordered and was told orders again by the same command; where a warning says that this could not be noted, it is still told.
      const isNoted = leasesIn(between).length === 0
      const isAgain = story.isDoneOnce && first.exitCode !== 0 && expectReported(first, reportedIn(before, between))
      if (!(story.isDoneOnce && first.exitCode === 0 && isNoted)) {
        if (first.exitCode === 0 && !isNoted)
          expect(first.stderr).toMatch(/could not be marked as reported|expires within/)
        const second = await world.aka(story.command)
        expectHonest(world, second, [before, between, await stateOf(world)])
        expect(second).toMatchObject({exitCode: 0})
      }
      expect(await see(world, seller)).toEqual(isAgain ? expected.twice : expected.once)
      expect(leasesIn(await stateOf(world))).toEqual([])
    },
    fault.isOdd,
  )
}

/** Whoever comes back to find that another run took over changes nothing more, and says so, or finds that all is done. */
async function expectTakenOver({story, call: {title: _, ...call}, expected}: Trial): Promise<void> {
  await inStory(story, async (world, seller) => {
    const before = await stateOf(world)
    const nothing = await see(world, seller)
    const running = await stopAt(world, story.command, {...call, when: 'after'})
    // Where a run waits, it may make fewer calls than without a fault.
    if (running.child.exitCode !== null) return
    // Where nothing was begun, or all was told, who orders twice gets twice as much.
    const reported = reportedIn(before, await stateOf(world))
    const isSame = !story.isDoneOnce || (reported.length === 0 && !isDeepStrictEqual(await see(world, seller), nothing))
    const second = await takeOver(world, story.command, running.clock)
    const between = await stateOf(world)
    const first = await wake(running)
    const states = [before, between, await stateOf(world)]
    ;[first, second].forEach((run) => expectHonest(world, run, states))
    expect(second).toMatchObject({exitCode: 0})
    expect([0, 6].includes(first.exitCode ?? -1) ? 'fine' : first).toBe('fine')
    expectReported(first, reported)
    expect(await see(world, seller)).toEqual(isSame ? expected.once : expected.twice)
    expect(leasesIn(await stateOf(world))).toEqual([])
  })
}

async function expectDone(story: Story, {seconds, expected}: {seconds: number; expected: unknown}): Promise<void> {
  await inStory(story, async (world, seller) => {
    const clock = join(world.home, 'clock')
    await writeFile(clock, String(seconds))
    const run = await world.start(story.command, {env: withClocksOf(clock)}).finished
    expect(run).toMatchObject({exitCode: 0})
    expect(await see(world, seller)).toEqual(expected)
    expect(leasesIn(await stateOf(world))).toEqual([])
  })
}

/** What the registry says was told, was. Gives whether there is any. */
function expectReported({stdout}: Finished, orders: readonly string[]): boolean {
  for (const order of orders) expect(stdout).toContain(order)
  return orders.length > 0
}

/** What a killed process sent may still arrive: it must not be taken for a request of the next. */
async function allAnswered({sandbox}: World): Promise<void> {
  for (let turns = 0; turns < 20; turns++) {
    await new Promise(setImmediate)
    if (sandbox.requests.some(({finishedAt}) => finishedAt === undefined)) turns = 0
  }
}

function expectExit({exitCode, signal, stdout, stderr}: Finished, fault: InjectedFault, call: Call): void {
  const codes = fault.name === '429 once' || (fault.name === 'dropped' && !isWrite(call)) ? [0] : [0, 7]
  // Where a run waits, it may make fewer calls than the one without a fault: then it comes to its end.
  const ends = {SIGKILL: [0, null], SIGINT: [0, 7, 130], SIGTERM: [0, 7, 130, 143]}
  const fine: readonly (number | null)[] = fault.signal ? ends[fault.signal as keyof typeof ends] : codes
  expect(fine.includes(exitCode) ? 'fine' : {exitCode, signal, stdout, stderr}).toBe('fine')
}

/** Neither a stack nor a secret, nor a fault of the world's that is called a bug. */
function expectHonest({env}: World, run: Finished, states: readonly State[]): void {
  expectNoStackTrace(run)
  const all = run.stdout + run.stderr
  expect(all).not.toMatch(/\bbug\b/i)
  // An access token of KORE's.
  expect(all).not.toMatch(/[\da-f]{32}\.\d+\.[\da-f]{32}/)
  const secrets = states.flatMap(({accounts, secondaryTokens}) => [
    ...accounts.map(({authToken}) => authToken),
    ...secondaryTokens.map(({token}) => token),
  ])
  const given = [env.API_TOKEN, env.KORE_CLIENT_SECRET].flatMap((secret) => secret ?? [])
  for (const secret of [...secrets, ...given]) expect(all).not.toContain(secret)
}

/** What was sent is named, or said to be perhaps sent; only what is said to be unsent is sent again. */
async function expectTold(
  world: World,
  {command}: Story,
  {first, between, isKilled}: {readonly first: Finished; readonly between: State; readonly isKilled: boolean},
): Promise<void> {
  const count = (state: State) => Object.values(sentIn(state)).reduce((sum, each) => sum + each, 0)
  const sent = count(between)
  expect(sent).toBeLessThanOrEqual(1)
  if (first.exitCode === 0) return expect(sent).toBe(1)
  if (isKilled) return
  const all = first.stdout + first.stderr
  if (sent === 1) {
    expect(all).toMatch(/not known whether|may have been (sent|made)|(SM|CA|HC|DC)[0-9a-f]{32}/)
    return
  }
  if (/not known whether|may have been (sent|made)/.test(all)) return
  expect(await world.aka(command)).toMatchObject({exitCode: 0})
  expect(count(await stateOf(world))).toBe(1)
}

async function see(world: World, seller: Seller): Promise<unknown> {
  return world.sandbox.read((state) => structuredClone(sightOf(state, seller)))
}

async function stateOf({sandbox}: World): Promise<State> {
  return sandbox.read((state) => structuredClone(state))
}

async function inStory(
  {from, prepare, kore = false}: Story,
  happens: (world: World, seller: Seller) => Promise<void>,
  oddAnswers = false,
): Promise<void> {
  const [world, seller] = await Promise.all([startWorld({kore}), startSeller()])
  try {
    if (from) await world.sandbox.change((fresh) => void Object.assign(fresh, structuredClone(from)))
    await prepare?.(world, seller)
    await happens(world, seller)
  } catch (error) {
    await Promise.all([world.close({oddAnswers: true}), seller.close()])
    throw error
  }
  await Promise.all([world.close({oddAnswers}), seller.close()])
}
