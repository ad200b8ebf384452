import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {json, startWorld, type World} from '../../support/cli.js'

describe('labels', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await world.aka('addons:create twilio:small -a api-dev --label team=payments --label env=dev', {
      env: {GITHUB_ACTOR: 'octocat'},
    })
    await world.aka('addons:create twilio:small -a web-dev')
  })
  afterAll(() => world.close())

  it('are given on creation, and shown with who created it', async () => {
    const labels = {env: 'dev', team: 'payments'}
    expect(json(await world.aka('addons:info twilio -a api-dev --json'))).toMatchObject({labels, createdBy: 'octocat'})
    expect((await world.aka('addons:info twilio -a api-dev')).stdout).toMatch(/^ +Labels +env=dev, team=payments$/m)
    expect((await world.aka('twilio')).stdout).toMatch(/^api-dev .* env=dev, team=payments$/m)
    expect((await world.aka('twilio --csv')).stdout).toMatch(/,octocat,"env=dev, team=payments",$/m)
  })

  it('select add-ons', async () => {
    expect((await world.aka('twilio -q --label team=payments --label env')).stdout).toBe('api-dev\n')
    expect((await world.aka('twilio -q --label team=other')).stdout).toBe('')
    expect((await world.aka('twilio -q --label 1=2')).exitCode).toBe(2)
  })

  it('are set later, for many as well, and a repeated creation must not contradict them', async () => {
    const set = await world.aka('twilio:labels:set -a web-dev --label team=web --label env=')
    expect(set).toMatchObject({exitCode: 0, stdout: 'web-dev now has the labels team=web.\n'})
    expect((await world.aka('addons:create twilio:small -a web-dev --label team=web')).exitCode).toBe(0)
    const other = await world.aka('addons:create twilio:small -a web-dev --label team=api --json')
    expect(other.exitCode).toBe(6)
    expect(json(other)).toMatchObject({
      error: {
        code: 'OPTIONS_MISMATCH',
        suggestions: [expect.stringContaining('twilio:labels:set -a web-dev --label team=api'), expect.anything()],
      },
    })
    const typed = await world.aka('twilio:labels:set -a web-dev team=web env=qa')
    expect(typed).toMatchObject({exitCode: 0, stdout: 'web-dev now has the labels env=qa, team=web.\n'})
    expect(await world.aka('twilio:labels:set env= -a web-dev -l team=web')).toMatchObject({
      stdout: 'web-dev now has the labels team=web.\n',
    })
    expect(await world.aka('twilio:labels:set -a web-dev team')).toMatchObject({exitCode: 2})
    const many = await world.aka('twilio:labels:set --apps-from - --label env=prod', {
      stdin: 'app,label\napi-dev,team=api\nweb-dev,\n',
    })
    expect(many.stdout).toContain('api-dev  now has the labels env=prod, team=api')
    expect(many.stdout).toContain('web-dev  now has the labels env=prod, team=web')
  })
})
