/** What bin/run.js starts. Of our own, so that oclif is bundled with the commands and loads in half the time (bench/). */
export {execute} from '@oclif/core'
