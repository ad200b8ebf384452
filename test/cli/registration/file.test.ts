import {mkdtemp, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {requireNoFile, writeRegistrationFile} from '../../../src/cli/registration/file.js'

describe('the file that a registration is written to', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'registration-'))
  })
  afterEach(async () => rm(folder, {recursive: true}))

  it('is a new one, which its owner alone may read', async () => {
    const path = join(folder, 'new.yml')
    await requireNoFile(path)
    await writeRegistrationFile(path, {business: {name: 'Bäckerei'}})
    expect(await readFile(path, 'utf8')).toContain('name: Bäckerei')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('never replaces what is there already, be it a file, a folder or a link that leads nowhere', async () => {
    const [file, link] = [join(folder, 'a.yml'), join(folder, 'link.yml')]
    await writeFile(file, 'kept')
    await symlink(join(folder, 'nowhere'), link)
    const isThere = expect.objectContaining({code: 'REGISTRATION_FILE_EXISTS', exitCode: 2})
    for (const path of [file, folder, link]) await expect(requireNoFile(path)).rejects.toEqual(isThere)
    await expect(writeRegistrationFile(file, {})).rejects.toThrow(file)
    expect(await readFile(file, 'utf8')).toBe('kept')
  })

  it('is refused before anything is asked where it could not be written', async () => {
    await writeFile(join(folder, 'file'), '')
    for (const name of ['missing/a.yml', 'file/a.yml', `${'x'.repeat(300)}.yml`]) {
      const path = join(folder, name)
      await expect(requireNoFile(path)).rejects.toThrow(`write the registration to ${path}`)
    }
  })
})
