import {spawn} from 'node:child_process'
import {constants} from 'node:os'

/**
 * Runs a command line in a shell, on this terminal. Gives its exit code, as a shell would: 128 and the number of the signal that ended it.
 * Ctrl-C reaches it through the terminal; where there is none, it is sent a signal when this process is to end.
 */
export async function runCommand(
  command: string,
  environment: Readonly<Record<string, string>>,
  interrupted: Promise<unknown>,
): Promise<number> {
  const child = spawn(command, {shell: true, stdio: 'inherit', env: {...process.env, ...environment}})
  void interrupted.then(() => {
    if (!process.stdin.isTTY) child.kill('SIGTERM')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}
