import {tmpdir} from 'node:os'
import {join} from 'node:path'

/**
 * The file with the last result of a runner that ended.
 * @param {number | undefined} pid
 */
export const lastWordsOf = (pid) => join(tmpdir(), `aka-twilio-runner-${pid}.json`)
