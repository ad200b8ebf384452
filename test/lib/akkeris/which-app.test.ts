import {execFileSync} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {findApp} from '../../../src/lib/akkeris/which-app.js'

let folder: string
const before = process.cwd()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aka-twilio-'))
  process.chdir(folder)
})
afterEach(async () => {
  process.chdir(before)
  await rm(folder, {recursive: true})
})

const git = (...args: string[]) => execFileSync('git', args, {cwd: folder, stdio: 'ignore'})

describe('the app-space', () => {
  it('is the one that was given, without a word about it', () => {
    expect(findApp('api-dev', {AKKERIS_APP: 'web-dev'})).toEqual({appSpace: 'api-dev', source: undefined})
  })

  it('is that of AKKERIS_APP, else of the current branch in git, and says so', () => {
    git('init', '--initial-branch', 'feature/x')
    git('config', 'branch.feature/x.akkeris', 'git-dev')
    expect(findApp(undefined, {AKKERIS_APP: 'web-dev'})).toEqual({appSpace: 'web-dev', source: '$AKKERIS_APP'})
    expect(findApp(undefined, {AKKERIS_APP: ''})).toEqual({
      appSpace: 'git-dev',
      source: 'git config branch.feature/x.akkeris',
    })
  })

  it.each([
    ['there is no repository', () => undefined],
    ['the branch names none', () => git('init')],
  ])('is missing where %s', (_, prepare) => {
    prepare()
    expect(() => findApp(undefined, {})).toThrow(expect.objectContaining({code: 'APP_SPACE_MISSING', exitCode: 2}))
  })

  it('is missing where git does not read a repository of another owner, and says so', () => {
    git('init', '--initial-branch', 'main')
    git('config', 'branch.main.akkeris', 'git-dev')
    // As git's own tests do it.
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1'
    try {
      expect(() => findApp(undefined, {})).toThrow(
        expect.objectContaining({
          code: 'APP_SPACE_MISSING',
          suggestions: expect.arrayContaining([expect.stringMatching(/safe\.directory/)]),
        }),
      )
    } finally {
      delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER
    }
  })

  it('is checked, wherever it comes from', () => {
    git('init', '--initial-branch', 'main')
    git('config', 'branch.main.akkeris', 'no app-space')
    const wrong = expect.objectContaining({code: 'APP_SPACE_INVALID', exitCode: 2})
    expect(() => findApp('api', {})).toThrow(wrong)
    expect(() => findApp('', {})).toThrow(wrong)
    expect(() => findApp(undefined, {AKKERIS_APP: '../x'})).toThrow(wrong)
    expect(() => findApp(undefined, {})).toThrow(wrong)
  })
})
