import type {Options} from 'ajv'

/**
 * To compile a schema takes longer than all checks of a run: so without what would make these faster, and without a check of the
 * schema, whose keywords ajv knows or refuses all the same.
 */
export const COMPILED_FAST: Options = {code: {optimize: false}, meta: false, validateSchema: false}
