import {describe, expect, it} from '@jest/globals'

import {programName} from '../../src/cli/program-name.js'

describe('programName', () => {
  const of = (script: string, cwd = '/opt/aka-twilio', env: Record<string, string> = {}) =>
    programName(script, {env, cwd: () => cwd})

  it.each([
    ['a link that npm or somebody made', of('/usr/bin/aka-twilio'), 'aka-twilio'],
    ['another name of a link', of('/home/me/bin/tw'), 'tw'],
    ['npx', of('/srv/app/node_modules/.bin/aka-twilio', '/srv/app', {npm_command: 'exec'}), 'npx aka-twilio'],
    ['the file in a clone', of('/opt/aka-twilio/bin/run.js'), 'node bin/run.js'],
    [
      'the file from below',
      of('/opt/aka-twilio/bin/run.js', '/opt/aka-twilio/docs'),
      'node /opt/aka-twilio/bin/run.js',
    ],
    ['a path with a space', of('/my work/bin/run.js', '/srv'), "node '/my work/bin/run.js'"],
    ['what npm installs on Windows', of('/x/node_modules/aka-twilio/bin/run.js', '/srv'), 'aka-twilio'],
    [
      'a script of npm that was started elsewhere',
      of('/opt/aka-twilio/bin/run.js', '/opt/aka-twilio', {npm_lifecycle_event: 'provision', INIT_CWD: '/srv'}),
      'node /opt/aka-twilio/bin/run.js',
    ],
  ])('knows %s', (_, name, expected) => {
    expect(name).toBe(expected)
  })
})
