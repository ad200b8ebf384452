import {spawn} from 'node:child_process'

/** What opens an address on this system, without a shell: the address is an argument, whatever is in it. */
function openerOf({BROWSER}: NodeJS.ProcessEnv): readonly [program: string, ...args: string[]] {
  if (BROWSER) return [BROWSER]
  if (process.platform === 'darwin') return ['open']
  return process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open']
}

/** Opens an address in the browser and does not wait for it. @returns the program that does not work here, if so */
export async function openInBrowser(url: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const [program, ...args] = openerOf(env)
  const child = spawn(program, [...args, url], {env, detached: true, stdio: 'ignore'})
  const hasStarted = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
  })
  child.unref()
  return hasStarted ? undefined : program
}
