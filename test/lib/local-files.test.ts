import {describe, expect, it} from '@jest/globals'

import {usage} from '../../src/lib/errors.js'
import {asLocalFailure} from '../../src/lib/local-files.js'

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
