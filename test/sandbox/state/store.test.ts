import {execFileSync} from 'node:child_process'
import {mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {createSandbox, type Sandbox} from '../../../src/sandbox/sandbox.js'
import {fileStore} from '../../../src/sandbox/state/store.js'
import {sdk} from '../sdk.js'
import {mainLogin} from '../support.js'

let folder = ''
let path = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  path = join(folder, 'deep', 'sandbox.json')
})

afterEach(() => rm(folder, {recursive: true, force: true}))

const open = (): Sandbox => createSandbox({store: fileStore(path)})
const count = (sandbox: Sandbox) =>
  sandbox.change((state) => {
    state.counter += 1
  })

describe('the state file', () => {
  it('keeps the state for the next process, for its owner’s eyes only', async () => {
    await count(open())
    expect(await open().read((state) => state.counter)).toBe(1)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['a folder', () => mkdir(path, {recursive: true}), /not a regular file|it is a folder/],
    [
      'a pipe',
      async () => {
        await mkdir(dirname(path))
        execFileSync('mkfifo', [path])
      },
      /not a regular file/,
    ],
    ['below a file', () => writeFile(dirname(path), ''), /not a folder|has that name/],
    [
      'far too large',
      async () => {
        await mkdir(dirname(path))
        await writeFile(path, '')
        await truncate(path, 3 * 2 ** 30)
      },
      /far too large/,
    ],
  ])('is refused in a sentence where it is %s', async (_, make, reason) => {
    await make()
    const failure = expect.objectContaining({
      code: 'FILE_NOT_ACCESSIBLE',
      message: expect.stringMatching(reason) as unknown,
    })
    await expect(count(open())).rejects.toEqual(failure)
    await expect(open().read(() => undefined)).rejects.toEqual(failure)
  })

  it('loses no change of writers that share it', async () => {
    const sandboxes = [open(), open(), open()]
    await Promise.all(sandboxes.flatMap((sandbox) => Array.from({length: 20}, () => count(sandbox))))
    expect(await open().read((state) => state.counter)).toBe(60)
  })

  it('is not written when nothing changed', async () => {
    const sandbox = open()
    await count(sandbox)
    const before = await stat(path, {bigint: true})
    await sandbox.change(() => undefined)
    const after = await stat(path, {bigint: true})
    expect([after.mtimeNs, after.ino]).toEqual([before.mtimeNs, before.ino])
  })

  it('keeps the clock that was advanced', async () => {
    await open().advanceClock(60)
    expect(await open().read((state) => state.clockOffsetMs)).toBe(60_000)
  })

  it('forgets a change that failed half-way', async () => {
    const sandbox = open()
    await count(sandbox)
    const failing = sandbox.change((state) => {
      state.counter = 99
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    expect(await sandbox.read((state) => state.counter)).toBe(1)
  })

  it('of an older version is read, with what it does not have yet', async () => {
    const sandbox = open()
    const {superSims} = await sandbox.change((state) => ({...state}))
    const {superSims: _, fleets: __, ...older} = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    await writeFile(path, JSON.stringify({...older, counter: 7}))
    expect(await open().read((state) => [state.counter, state.superSims, state.fleets])).toEqual([7, superSims, []])
  })

  it('of a version without usage is read with the rent of the numbers held', async () => {
    const sandbox = open()
    const {username, password} = await mainLogin(sandbox)
    const twilio = sdk(sandbox, {username, password})
    await twilio.incomingPhoneNumbers.create({areaCode: '801'})
    const state = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    const {usage: _, usageTriggers: __, rentals, secondaryTokens: ___, rollouts: ____, ...older} = state
    await writeFile(path, JSON.stringify(older))
    expect(
      await open().read(({usage, usageTriggers, secondaryTokens, rollouts}) => ({
        usage,
        usageTriggers,
        secondaryTokens,
        rollouts,
      })),
    ).toEqual({
      usage: [],
      usageTriggers: [],
      secondaryTokens: [],
      rollouts: {},
    })
    expect(await open().read((state) => state.rentals)).toEqual(rentals)
  })

  it('that cannot be read is left alone, with advice on what to do', async () => {
    await count(open())
    await writeFile(path, '{"version": 1, "cou')
    await expect(open().read((state) => state)).rejects.toMatchObject({
      exitCode: 2,
      suggestions: [expect.stringContaining('aka twilio:sandbox:reset')],
    })
    await expect(count(open())).rejects.toMatchObject({
      exitCode: 2,
      suggestions: [expect.stringContaining('aka twilio:sandbox:reset')],
    })
    expect(await readFile(path, 'utf8')).toBe('{"version": 1, "cou')
  })

  it.each(['{"version": 2}', '{}', '[]', 'null', '7'])('with %s in it is not read', async (text) => {
    await count(open())
    await writeFile(path, text)
    await expect(open().read((state) => state)).rejects.toMatchObject({code: 'SANDBOX_UNREADABLE'})
  })
})
