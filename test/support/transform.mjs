/** Turns TypeScript into what Jest runs, with the same tool that builds the product. */
import {createHash} from 'node:crypto'
import {basename} from 'node:path'

import {transform, version} from 'esbuild'

/** @satisfies {import('esbuild').TransformOptions} */
const options = {loader: 'ts', format: 'esm', target: 'node20', sourcemap: true}

export default {
  /**
   * @param {string} source
   * @param {string} path
   * @param {{instrument: boolean}} how
   */
  getCacheKey: (source, path, {instrument}) =>
    createHash('sha256')
      .update(JSON.stringify([version, options, instrument, path, source]))
      .digest('hex'),

  /**
   * @param {string} source
   * @param {string} path
   */
  async processAsync(source, path) {
    const {code, map} = await transform(source, {...options, sourcefile: basename(path)})
    return {code, map}
  },
}
