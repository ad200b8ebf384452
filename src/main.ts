/** What is bundled: the two ways to run a command, the help, and the commands (scripts/bundle.mjs), each evaluated when it is first asked for. */
export {runInAka} from './aka/run.js'
export {AkaHelp} from './cli/help/help.js'
export {execute} from './run.js'
