import {NoAnswer} from '../../src/lib/transport/types.js'
import type {Fault, Sandbox} from '../../src/sandbox/sandbox.js'
import type {Running} from '../support/cli.js'
import type {Call} from '../support/faults.js'

type Matching = Pick<Fault, 'method' | 'path' | 'nth'>

/** Something that the world does to one call of a run. */
export interface InjectedFault {
  readonly name: string
  /** Whether it makes sense for this call. */
  readonly fits?: (call: Call) => boolean
  /** What is to go wrong; `child` where the run has a process of its own. */
  readonly arrange: (sandbox: Sandbox, call: Matching, running?: Running) => void
  /** The process is told so, or ended: it needs one of its own. */
  readonly signal?: NodeJS.Signals
  /** The answers are not as Twilio documents them. */
  readonly isOdd?: boolean
}

const isWrite = ({method}: Call): boolean => method !== 'GET'
const HOURS_MS = 3_600_000
const html = {
  status: 503,
  headers: {'content-type': 'text/html'},
  body: '<html><body>Service Unavailable</body></html>',
}

function once(
  name: string,
  when: Fault['when'],
  action: Fault['do'],
  more: Partial<InjectedFault> = {},
): InjectedFault {
  return {name, arrange: ({faults}, call) => faults.add({...call, when, do: action}), ...more}
}

/** Sends the signal when the call arrives, or has taken effect; the call is answered only when the command has heard it. */
function signalled(signal: NodeJS.Signals, when: Fault['when'], {answerIsLost = false} = {}): InjectedFault {
  return {
    name: `${signal} ${when} it takes effect${answerIsLost ? ', and its answer is lost' : ''}`,
    signal,
    arrange({faults}, call, running) {
      const tell = async (): Promise<void> => {
        running?.child.kill(signal)
        if (signal === 'SIGKILL') await running?.finished
        else if (running) await heard(running)
        if (signal === 'SIGKILL' || answerIsLost) throw new NoAnswer('The answer is lost.', {sent: true})
      }
      faults.add({...call, when, do: {call: tell}})
    },
  }
}

/** Resolves when the command says that it stops, or has ended. */
function heard({child, finished}: Running): Promise<unknown> {
  const said = new Promise((resolve) =>
    child.stderr?.on('data', (text: string) => text.includes('Stopping') && resolve(text)),
  )
  return Promise.race([said, finished])
}

export const injectedFaults: readonly InjectedFault[] = [
  once('dropped', 'before', {drop: true}),
  once('its answer is lost', 'after', {drop: true}),
  once('reset in the middle of its answer', 'after', {reset: true}),
  once('no answer for hours', 'before', {delayMs: HOURS_MS}),
  once('no answer for hours, though it takes effect', 'after', {delayMs: HOURS_MS}, {fits: isWrite}),
  once('429 once', 'before', {status: 429, headers: {'Retry-After': '1'}}),
  {
    name: '429 for long',
    arrange: ({faults}, {nth: _, ...call}) => faults.add({...call, times: 99, when: 'before', do: {status: 429}}),
  },
  once('500 in place of its effect', 'before', {status: 500}),
  once('500 though it takes effect', 'after', {status: 500}, {fits: isWrite}),
  once('503 with HTML', 'before', html, {isOdd: true}),
  once('an answer that is cut', 'after', {status: 200, body: '{"sid": "AC'}, {isOdd: true}),
  once('an empty answer', 'after', {status: 200, body: ''}, {isOdd: true}),
  once('JSON of another type', 'after', {status: 200, body: '[]'}, {isOdd: true}),
  {
    name: 'an outage from here on',
    arrange({faults}, call) {
      const away = (): void => faults.add({times: Infinity, when: 'before', do: {status: 503}})
      faults.add({...call, when: 'before', do: {call: away}})
      faults.add({...call, when: 'before', do: {status: 503}})
    },
  },
  ...(['SIGKILL', 'SIGINT', 'SIGTERM'] as const).flatMap((signal) => [
    signalled(signal, 'before'),
    {...signalled(signal, 'after'), fits: isWrite},
  ]),
  {...signalled('SIGINT', 'after', {answerIsLost: true}), fits: isWrite},
]
