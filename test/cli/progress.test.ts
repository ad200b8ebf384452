import {mock} from 'node:test'
import {stripVTControlCharacters} from 'node:util'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {endProgress, progress, tellWait, tellWaited, whileAsking, writeToStderr} from '../../src/cli/progress.js'
import {interrupted, refused, UnknownOutcome} from '../../src/lib/errors.js'

const no = refused('NO_NUMBERS_AVAILABLE', 'None.', 'Another.')

/** Everything that is written to stderr meanwhile. */
async function writtenBy(work: () => Promise<unknown>, {isTTY}: {readonly isTTY: boolean}): Promise<string> {
  let written = ''
  const {isTTY: was, columns} = process.stderr
  const {env} = process
  process.env = {TERM: 'xterm'}
  Object.assign(process.stderr, {isTTY, columns: 60})
  const spy = mock.method(process.stderr, 'write', (text: string) => Boolean((written += text)))
  try {
    await work().catch(() => undefined)
    endProgress()
  } finally {
    spy.mock.restore()
    Object.assign(process.stderr, {isTTY: was, columns})
    process.env = env
  }
  return written
}

const WIPED = '\u001B[K'

/** The lines that stay: what was drawn before a line was wiped is gone. */
async function linesOf(work: () => Promise<unknown>, options: {readonly isTTY: boolean}): Promise<string[]> {
  const written = (await writtenBy(work, options)).split('\n')
  return written.map((line) => stripVTControlCharacters(line.split(WIPED).at(-1) ?? '')).filter(Boolean)
}

const onTerminal = (work: () => Promise<unknown>) => linesOf(work, {isTTY: true})
const inLog = (work: () => Promise<unknown>) => linesOf(work, {isTTY: false})

describe('a step', () => {
  afterEach(() => endProgress())

  const refusedThenRolledBack = async () => {
    await progress('looking at api-dev', async () => undefined)
    await progress('buying +18015550100', () => Promise.reject(no)).catch(() => undefined)
    await progress('closing AC1', async () => undefined)
  }

  it('is marked as it ended, whatever comes after it', async () => {
    expect(await onTerminal(refusedThenRolledBack)).toEqual([
      '✔ Looking at api-dev',
      '✖ Buying +18015550100',
      '✔ Closing AC1',
    ])
    expect(await inLog(refusedThenRolledBack)).toEqual([
      'Looking at api-dev …',
      'Buying +18015550100 …',
      'Failed: Buying +18015550100',
      'Closing AC1 …',
    ])
  })

  it.each([
    ['interrupted', interrupted()],
    ['unknown', new UnknownOutcome('No answer.')],
    ['never settled', undefined],
  ])('is neither done nor failed where its outcome is %s', async (_, error) => {
    const work = async () => {
      void progress('buying +18015550100', () => (error ? Promise.reject(error) : new Promise(() => undefined))).catch(
        () => undefined,
      )
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await onTerminal(work)).toEqual(['! Buying +18015550100'])
  })

  it('that others run beside ends for itself', async () => {
    const work = () =>
      Promise.all([
        progress('registering 1', async () => new Promise((resolve) => setImmediate(resolve))),
        progress('registering 2', async () => Promise.reject(no)).catch(() => undefined),
      ])
    expect(await onTerminal(work)).toEqual(['✖ Registering 2', '✔ Registering 1'])
  })

  it('goes on after a line that is written meanwhile', async () => {
    const work = () => progress('buying', async () => writeToStderr('! Something to know.'))
    expect(await onTerminal(work)).toEqual(['! Something to know.', '✔ Buying'])
  })

  it('is no longer than the screen is wide', async () => {
    const long = 'writing the config vars of api-default: TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER'
    const drawn = await writtenBy(async () => void progress(long, () => new Promise(() => undefined)), {isTTY: true})
    const [, first = ''] = drawn.split(WIPED)
    expect(stripVTControlCharacters(first).trim().length).toBeLessThan(60)
  })
})

describe('a wait', () => {
  const waiting = async () => {
    tellWait({what: 'for the other run', waitedMs: 0, timeoutMs: 60_000})
    tellWait({what: 'for the other run', waitedMs: 15_000, timeoutMs: 60_000})
    tellWaited('for the other run')
  }

  it('shows how long so far and until when, and leaves no line on a terminal', async () => {
    expect(await inLog(waiting)).toEqual([
      expect.stringMatching(/^Waiting for the other run \(0 s so far, at most until \d\d:\d\d:\d\d\) …$/),
      expect.stringMatching(/^Waiting for the other run \(15 s so far, at most until \d\d:\d\d:\d\d\) …$/),
    ])
    expect(await onTerminal(waiting)).toEqual([])
  })
})

describe('what takes long', () => {
  beforeEach(() => mock.timers.enable({apis: ['setInterval', 'Date'], now: 1}))
  afterEach(() => {
    endProgress()
    mock.timers.reset()
  })

  /** A tick is as long as a look at the clock. */
  const pass = (seconds: number) => {
    for (let ticks = 0; ticks < seconds * 10; ticks++) mock.timers.tick(100)
  }

  /** What is drawn last, after so many seconds of it. */
  const drawnAfter = async (seconds: number, begin: () => unknown) => {
    const work = async () => {
      begin()
      pass(seconds)
      process.stderr.write('\nEND')
      endProgress()
    }
    const [drawn = ''] = (await writtenBy(work, {isTTY: true})).split('\nEND')
    return stripVTControlCharacters(drawn.split(WIPED).at(-1) ?? '').trim()
  }

  it('is not drawn over a question', async () => {
    let answer: (text: string) => void = () => undefined
    const asked = new Promise<string>((resolve) => (answer = resolve))
    const asking: Promise<string>[] = []
    const begin = () => {
      void progress('buying', () => new Promise(() => undefined))
      asking.push(whileAsking(() => asked))
    }
    expect(await drawnAfter(5, begin)).toBe('')
    answer('yes')
    await Promise.all(asking)
  })

  it('is cut where the screen is narrow, but never its time', async () => {
    const wait = {what: 'before trying again, as the server is busy', waitedMs: 4000, timeoutMs: 60_000}
    expect(await drawnAfter(2, () => tellWait(wait))).toMatch(/… ?\(6 s so far, at most until \d\d:\d\d:\d\d\)$/)
  })

  it('is a line every quarter of a minute in a log', async () => {
    const lines = await inLog(async () => {
      void progress('buying', () => new Promise(() => undefined))
      pass(32)
    })
    expect(lines).toEqual(['Buying …', 'Buying (15 s so far) …', 'Buying (30 s so far) …'])
  })
})
