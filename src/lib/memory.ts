import {setFlagsFromString} from 'node:v8'

/**
 * From now on memory before speed. For work that asks a server thousands of times: what that leaves behind, V8 would rather
 * not collect while the machine has memory, and compile what runs for a few seconds as if it ran for hours (`npm run bench`).
 */
export function preferMemory(): void {
  setFlagsFromString('--gc-global')
  setFlagsFromString('--no-opt')
}
