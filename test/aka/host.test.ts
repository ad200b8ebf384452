import {execFileSync} from 'node:child_process'
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'

import {type Finished, startCli} from '../support/cli.js'
import {onlyInFull} from '../support/runs.js'
import {addonsOf} from './platform.js'
import {type Machine, machines, NO_PLUGIN, runEach} from './support.js'

const ME = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com']

/** Installed as `twilio`. */
const PLUGIN = `
module.exports = {
  group: 'demo', help: 'show things', primary: true, version: '1', update: () => console.log('updated'),
  init({args, terminal}) {
    console.error('init')
    const failing = {
      'demo:reject': () => Promise.reject(new Error('no luck')),
      'demo:late': () => void Promise.resolve().then(() => { throw new Error('too late') }),
      'demo:code': () => void (process.exitCode = 6),
      'demo:hang': () => new Promise(() => {}),
    }
    for (const [name, handler] of Object.entries(failing)) args.command(name, 'does so', {}, handler)
    args.command('demo:show [WHAT..]', 'shows it', {}, ({WHAT}) => console.log(JSON.stringify(WHAT)))
    args.command('demo:app', 'wants an app', {app: {alias: 'a', demand: true, string: true}}, ({app}) => console.log(app))
  },
}`

/** What test/aka takes for granted of `aka`, held against what was found out about the real one: it changes with test/aka/host alone. */
onlyInFull(describe)('the stand-in for aka', () => {
  const newMachine = machines()
  let machine: Machine
  let plugin: string
  let ran: (name: string) => Finished
  beforeAll(async () => {
    plugin = await mkdtemp(join(tmpdir(), 'aka-plugin-'))
    await writeFile(join(plugin, 'index.js'), PLUGIN)
    machine = await newMachine({plugin})
    const repository = join(machine.home, 'repository')
    await mkdir(repository)
    execFileSync('git', ['init', '-q', '-b', 'feature'], {cwd: repository})
    execFileSync('git', ['config', 'branch.feature.akkeris', 'branch-dev'], {cwd: repository})
    execFileSync('git', [...ME, 'commit', '-q', '--allow-empty', '-m', 'Begin'], {cwd: repository})
    const {akaByItself: aka} = machine
    ran = await runEach({
      version: () => aka('version'),
      help: () => aka('help'),
      groupHelp: () => aka('help twilio'),
      commandHelp: () => aka('help twilio demo:show'),
      coreHelp: () => aka('help addons:info'),
      flagHelp: () => aka('addons:info redis --help'),
      unknown: () => aka('demo:shwo'),
      numbers: () => aka('demo:show 15551234567 007'),
      strict: () => aka('demo:show --frobnicate'),
      missing: () => aka('addons:info -a core-dev'),
      before: () => aka('-a core-dev demo:app'),
      environment: () => aka('demo:app', {env: {AKKERIS_APP: 'some-dev'}}),
      branch: () => aka('demo:app', {cwd: repository}),
      select: () => aka('demo:app', {stdin: 'typed-dev\n'}),
      selectForDestroy: () => aka('addons:destroy redis -c redis', {env: {AKKERIS_APP: 'some-dev'}, stdin: 'x-dev\n'}),
      reject: () => aka('demo:reject'),
      late: () => aka('demo:late'),
      code: () => aka('demo:code'),
      hang: () => aka('demo:hang'),
      loggedOut: () => aka('addons:info x -a core-dev', {env: {API_TOKEN: undefined}}),
      noProfile: () => aka('version', {env: {AKKERIS_AUTH_HOST: undefined}}),
      services: () => aka('addons:services'),
    })
  })
  afterAll(() => rm(plugin, {recursive: true}))

  it('calls init on every command, also the core’s', () => {
    for (const name of ['version', 'services', 'code', 'unknown']) expect(ran(name).stderr).toContain('init')
    expect(ran('services')).toMatchObject({exitCode: 0, stdout: expect.stringContaining('redis') as unknown})
  })

  it('lists plugins in its version, their groups in its help, and their commands in the help of the group', () => {
    expect(ran('version').stdout).toMatch(/^akkeris\/3.*\n=== Installed Plugins\ndemo @demo\n$/)
    expect(ran('help').stdout).toMatch(/• addons +Manage add-ons\n• plugins.*\n• twilio +show things/)
    expect(ran('groupHelp').stdout).toMatch(/• aka demo:app +wants an app\n.*demo:code/)
    expect(ran('groupHelp').stdout).not.toContain('addons:create')
    expect(ran('commandHelp').stdout).toMatch(/^aka demo:show \[WHAT\.\.\]\n\nshows it/)
    expect(ran('coreHelp').stdout).toMatch(/^aka addons:info ADDON\n/)
    expect(ran('flagHelp').stdout).toMatch(/^aka addons:info ADDON\n[^]*\[required\]/)
    expect(ran('unknown')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/Not a command: demo:shwo/) as unknown,
    })
  })

  it('parses strictly, takes numbers for numbers, and exits 1 with the usage on stderr', () => {
    expect(ran('numbers').stdout).toBe('[15551234567,"007"]\n')
    expect(ran('strict')).toMatchObject({exitCode: 1, stdout: ''})
    expect(ran('strict').stderr).toMatch(/Unknown argument: frobnicate/)
    expect(ran('missing')).toMatchObject({exitCode: 1, stdout: ''})
    expect(ran('missing').stderr).toMatch(/Not enough non-option arguments/)
  })

  it('finds a demanded app and says so on stdout, or asks for one; for what destroys it always asks', () => {
    expect(ran('before').stdout).toBe('core-dev\n')
    expect(ran('environment').stdout).toBe('=== Using some-dev from $AKKERIS_APP\nsome-dev\n')
    expect(ran('branch').stdout).toBe('=== Using branch-dev from git config branch.feature.akkeris\nbranch-dev\n')
    expect(ran('select').stdout).toMatch(/Which app\?[^]*typed-dev/)
    expect(ran('selectForDestroy').stdout).toMatch(/Which app\?/)
    expect(machine.platform.requests).toContainEqual(
      expect.objectContaining({method: 'DELETE', path: '/apps/x-dev/addons/redis'}),
    )
  })

  it('exits 1 with the usage where a handler rejects, and 0 where nobody waited for it or it never ends', () => {
    expect(ran('reject')).toMatchObject({exitCode: 1, stderr: expect.stringContaining('no luck') as unknown})
    expect(ran('late')).toMatchObject({exitCode: 0, stdout: expect.stringMatching(/unexpected happened/) as unknown})
    expect(ran('code')).toMatchObject({exitCode: 6})
    expect(ran('hang')).toMatchObject({exitCode: 0, stdout: ''})
  })

  it('prints what the Apps API refuses on stderr and exits 0', () => {
    expect(ran('loggedOut')).toMatchObject({exitCode: 0, stderr: expect.stringMatching(/Not logged in/) as unknown})
  })

  it('reads both hosts from the file when one is not in the environment, and welcomes where there is none', async () => {
    expect(ran('noProfile')).toMatchObject({exitCode: 0, stdout: expect.stringMatching(/^\nHello!/) as unknown})
    const other = await newMachine({plugin: NO_PLUGIN})
    await writeFile(
      join(other.home, '.akkeris', 'config.json'),
      JSON.stringify({auth: 'auth.example.com', apps: other.platform.url}),
    )
    await writeFile(join(other.home, '.netrc'), `machine ${new URL(other.platform.url).host} login me password word\n`)
    const env = {AKKERIS_API_HOST: 'elsewhere.example.com', AKKERIS_AUTH_HOST: undefined, API_TOKEN: undefined}
    expect(await other.akaByItself('addons:services', {env})).toMatchObject({exitCode: 0, stderr: ''})
    expect(other.platform.requests).toMatchObject([{path: '/addon-services', authorization: 'Bearer word'}])
  })

  it('creates, shows, changes and destroys platform add-ons', async () => {
    const {akaByItself: aka, world} = machine
    await aka('addons:create redis:small -a core-dev --name cache')
    expect((await aka('addons:info cache -a core-dev')).stdout).toMatch(/name +cache/)
    await aka('upgrade cache redis:large -a core-dev')
    expect(await addonsOf(world, 'core-dev')).toMatchObject([{name: 'cache', plan: 'redis:large'}])
    expect((await aka('addons:destroy cache -a core-dev -c other')).stdout).toMatch(/That is not cache/)
    expect(await aka('addons:destroy cache -a core-dev', {stdin: 'cache\n'})).toMatchObject({exitCode: 0})
    expect(await addonsOf(world, 'core-dev')).toEqual([])
  })

  describe('plugins:install and update', () => {
    const files = {
      good: {'index.js': PLUGIN, 'install.js': `require('fs').writeFileSync(__dirname + '/installed', '')`},
      called: {
        'index.js': PLUGIN.replace(`'demo'`, `'called'`),
        'install.js': `module.exports = (spawn) => spawn.sync('touch', [__dirname + '/installed'])`,
        'update.js': `console.log('update.js of ' + require('path').basename(__dirname))`,
      },
      swallowed: {
        'index.js': PLUGIN.replace(`'demo'`, `'swallowed'`),
        'install.js': `throw new Error('no')`,
      },
      broken: {'index.js': `throw new Error('no index today')`},
      empty: {'README.md': ''},
    }
    let installing: Machine

    beforeAll(async () => {
      installing = await newMachine({plugin: NO_PLUGIN})
      for (const [name, contents] of Object.entries(files)) {
        const repository = join(installing.home, 'repositories', name)
        await mkdir(repository, {recursive: true})
        for (const [file, text] of Object.entries(contents)) await writeFile(join(repository, file), text)
        const git = (...args: string[]) => execFileSync('git', [...ME, ...args], {cwd: repository})
        git('init', '-q')
        git('add', '.')
        git('commit', '-qm', 'Add it')
      }
      await writeFile(
        join(installing.home, '.gitconfig'),
        `[url "${join(installing.home, 'repositories')}/"]\n  insteadOf = https://example.invalid/\n`,
      )
    })
    const install = (name: string) => installing.akaByItself(`plugins:install https://example.invalid/${name}`)

    onlyInFull(it)(
      'clones, runs install.js, which may be a function, and renames the folder to the group',
      async () => {
        expect(await install('good')).toMatchObject({
          exitCode: 0,
          stdout: expect.stringMatching(/Installed plugin demo/) as unknown,
        })
        await install('called')
        await install('swallowed')
        expect(await readdir(installing.plugins)).toEqual(['called', 'demo', 'swallowed'])
        for (const name of ['called', 'demo'])
          expect(await readdir(join(installing.plugins, name))).toContain('installed')
        expect(await install('good')).toMatchObject({exitCode: 0, stderr: expect.stringMatching(/already/) as unknown})

        const repository = join(installing.home, 'repositories', 'called')
        await writeFile(join(repository, 'index.js'), `${files.called['index.js']}\n// new`)
        execFileSync('git', [...ME, 'commit', '-qam', 'Change'], {cwd: repository})
        const {stdout} = await installing.akaByItself('update')
        expect(stdout).toMatch(/updating called plugin\nupdate\.js of called\nupdated\n/)
        expect(await readFile(join(installing.plugins, 'called', 'index.js'), 'utf8')).toMatch(/\/\/ new$/)
        await installing.akaByItself('plugins:uninstall demo')
        expect(await readdir(installing.plugins)).toEqual(['called', 'swallowed'])
      },
    )

    onlyInFull(it)('says why and leaves nothing behind when index.js throws or nothing could be cloned', async () => {
      const before = await readdir(installing.plugins)
      expect((await install('broken')).stderr).toMatch(/no index today/)
      for (const name of ['empty', 'missing'])
        expect((await install(name)).stderr).toMatch(/not look like a repository/)
      expect(await readdir(installing.plugins)).toEqual(before)
    })
  })

  it('tells of a plugin that cannot be loaded, and goes on', async () => {
    const broken = await newMachine({plugin: NO_PLUGIN})
    await mkdir(join(broken.plugins, 'broken'))
    await writeFile(join(broken.plugins, 'broken', 'index.js'), `throw new Error('not today')`)
    const run = await startCli('addons:services', {env: broken.env, bin: broken.bin}).finished
    expect(run).toMatchObject({exitCode: 0, stdout: expect.stringMatching(/broken.*not today[^]*redis/) as unknown})
  })
})
