import {chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {usage} from '../../src/lib/errors.js'
import {asLocalFailure, exposureOf, makePrivateFolder, writePrivateFile} from '../../src/lib/local-files.js'

const doing = {doing: 'write /somewhere/codes', suggestions: ['Give another folder.']} as const

describe('trouble with a file of this machine', () => {
  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the file system is read-only'],
    ['EACCES', 'permission denied'],
    ['ENOTDIR', 'part of its path is not a folder'],
    ['ENOTSUP', 'ENOTSUP'],
  ])('is a sentence for %s', (code, reason) => {
    expect(asLocalFailure(Object.assign(new Error(code), {code}), doing)).toMatchObject({
      code: 'FILE_NOT_ACCESSIBLE',
      exitCode: 1,
      message: `This machine could not write /somewhere/codes: ${reason}.`,
      suggestions: ['Give another folder.'],
    })
  })

  it.each([new Error('a bug'), usage('URL_INVALID', 'no'), undefined, 'text'])('is not what %s is', (error) => {
    expect(asLocalFailure(error, doing)).toBe(error)
  })
})

describe('what is for its owner alone', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aka-twilio-files-'))
  })
  afterEach(() => rm(folder, {recursive: true, force: true}))
  const modeOf = async (path: string) => (await lstat(path)).mode & 0o777

  it.each([0o000, 0o022, 0o277])('is so whatever the umask: %i', async (mask) => {
    const before = process.umask(mask)
    try {
      await writePrivateFile(join(folder, 'file'), Buffer.from('x'))
      await makePrivateFolder(join(folder, 'inside'))
    } finally {
      process.umask(before)
    }
    expect([await modeOf(join(folder, 'file')), await modeOf(join(folder, 'inside'))]).toEqual([0o600, 0o700])
  })

  it('replaces a link or a loose file of the name, and writes to neither', async () => {
    const [other, link] = [join(folder, 'other'), join(folder, 'link')]
    await writeFile(other, 'theirs', {mode: 0o644})
    await symlink(other, link)
    await writePrivateFile(link, Buffer.from('ours'))
    expect([await readFile(other, 'utf8'), await readFile(link, 'utf8')]).toEqual(['theirs', 'ours'])
    await writePrivateFile(other, Buffer.from('ours'))
    expect([await modeOf(link), await modeOf(other)]).toEqual([0o600, 0o600])
    expect(await readdir(folder)).toEqual(['link', 'other'])
  })

  it('leaves a folder as it is that was there before', async () => {
    await mkdir(join(folder, 'mine'))
    await chmod(join(folder, 'mine'), 0o750)
    await makePrivateFolder(join(folder, 'mine'))
    expect(await modeOf(join(folder, 'mine'))).toBe(0o750)
  })

  it('is distinguished from what others may use', async () => {
    const file = join(folder, 'file')
    expect(await exposureOf(file)).toBeUndefined()
    await writePrivateFile(file, Buffer.from('x'))
    expect(await exposureOf(file)).toBeUndefined()
    await chmod(file, 0o640)
    expect(await exposureOf(file)).toBe('may be used by others (mode 640)')
    await symlink(file, join(folder, 'link'))
    expect(await exposureOf(join(folder, 'link'))).toBe('is a symbolic link')
  })
})
