/** What runs before every command. Only `selectApp` waits until yargs has judged the arguments. */
const {spawnSync} = require('node:child_process')

const TO_BE_SELECTED = '~$force_select_app$~'

function dropHelpOptions(argv) {
  if (!argv._ || !(argv._.length === 0 || argv._.includes('help'))) return
  const known = ['_', '$0', 'group', ...(argv.group ? [] : ['a', 'all'])]
  for (const name of Object.keys(argv)) if (!known.includes(name)) delete argv[name]
}

function helpFlag(appkit, argv, yargs) {
  if (!argv._ || !argv.help) return
  if (argv._.length === 0 || argv._.includes('help')) {
    appkit.akaHelp(appkit, argv)
    process.exit(0)
  } else yargs.help(true).parse()
}

/** Only where `app` is demanded; then it says on stdout what it found. Nothing destructive happens to an app found so. */
function findApp(appkit, argv, yargs) {
  const {string} = yargs.getOptions()
  if (!(string.includes('app') || string.includes('a')) || !('app' in yargs.getDemandedOptions())) return
  if (argv.a || argv.app) return
  const [command] = argv._ ?? []
  const use = (app) => (argv.a = argv.app = app)
  if (command && /destroy|delete|remove|unset/.test(command)) return void use(TO_BE_SELECTED)
  if (process.env.AKKERIS_APP) {
    use(process.env.AKKERIS_APP)
    console.log(appkit.terminal.markdown(`###===### Using **${argv.a}** from ##$AKKERIS_APP##`))
    return
  }
  const git = (...args) => (spawnSync('git', args).stdout ?? '').toString().trim()
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD')
  const ofBranch = git('config', '--get-regexp', 'branch.*.akkeris')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([key]) => branch !== '' && key.split('.')[1] === branch)
  if (ofBranch.length !== 1) return void use(TO_BE_SELECTED)
  use(ofBranch[0][1])
  console.log(appkit.terminal.markdown(`###===### Using **${argv.a}** from ##git config branch.${branch}.akkeris##`))
}

async function selectApp(appkit, argv) {
  if (argv.a !== TO_BE_SELECTED && argv.app !== TO_BE_SELECTED) return
  let names
  try {
    names = (await appkit.api.get('/apps')).map(({name}) => name)
  } catch (error) {
    appkit.terminal.error(error)
    if (error.code === 401) process.exit(1)
    return
  }
  console.log(appkit.terminal.markdown(`\n!!Which app?!! ${names.join(', ')}\n`))
  argv.a = argv.app = await appkit.terminal.question('App: ')
}

module.exports = {dropHelpOptions, findApp, helpFlag, selectApp}
