/**
 * What a newer OpenAPI document says of operations that an older one describes: parameters, fields of forms and answers, what is
 * required, and what values are allowed. Both are of the form that openapi-documents.mjs keeps.
 */

/**
 * @typedef {import('./openapi-documents.mjs').Json} Json
 * @typedef {{operation: string, path: string, method: string, changes: readonly string[]}} Difference
 */

/** An operation without the names of what varies in its path, which documents rename. @param {string} method @param {string} path */
export function operationKey(method, path) {
  return `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`
}

/**
 * `changed` are operations that both have and that is used, `gone` used ones that only the older has, `added` those that only the
 * newer has.
 * @param {Json} older
 * @param {Json} newer
 * @param {(key: string) => boolean} isUsed
 * @returns {{changed: Difference[], gone: Difference[], added: Difference[]}}
 */
export function differences(older, newer, isUsed) {
  const [before, after] = [operationsOf(older), operationsOf(newer)]
  const used = [...before].filter(([key]) => isUsed(key))
  return {
    changed: used.flatMap(([key, {operation, ...rest}]) => {
      const changes = changesOf(rest.fields, after.get(key)?.fields)
      return changes.length > 0 ? [{operation, path: rest.path, method: rest.method, changes}] : []
    }),
    gone: used.filter(([key]) => !after.has(key)).map(([, each]) => ({...each, changes: []})),
    added: [...after].filter(([key]) => !before.has(key)).map(([, each]) => ({...each, changes: []})),
  }
}

/** @param {Json} document */
function operationsOf({paths, components}) {
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(/** @type {Json} */ (methods)).map(([method, described]) => [
        operationKey(method, path),
        {
          operation: described.operationId,
          method: method.toUpperCase(),
          path,
          fields: fieldsOf(described, components.schemas),
        },
      ]),
    ),
  )
}

/**
 * All that can differ of an operation, each thing by its name.
 * @param {Json} operation
 * @param {Json} schemas
 * @returns {Map<string, Json>}
 */
function fieldsOf({parameters = [], requestBody, responses}, schemas) {
  /** @type {Map<string, Json>} */
  const fields = new Map()
  for (const {name, in: part, required = false, schema} of parameters)
    if (part !== 'path') visit(`${part} parameter ${name}`, schema, {required})
  for (const [type, {schema}] of Object.entries(/** @type {Json} */ (requestBody?.content ?? {})))
    visit(type.endsWith('form-urlencoded') ? 'form' : `body (${type})`, schema)
  for (const [status, {content}] of Object.entries(/** @type {Json} */ (responses))) {
    fields.set(`answer ${status}`, {})
    for (const {schema} of Object.values(content ?? {})) visit(`answer ${status}`, schema)
  }
  return fields

  /**
   * @param {string} name
   * @param {Json} schema
   * @param {{required?: boolean, within?: readonly string[]}} [place] within which schemas: some contain themselves
   */
  function visit(name, {$ref, ...own}, {required = false, within = []} = {}) {
    const referred = $ref?.split('/').at(-1)
    if (referred !== undefined) {
      if (!within.includes(referred)) visit(name, schemas[referred], {required, within: [...within, referred]})
      return
    }
    const {properties = {}, items, required: names = [], ...rest} = own
    fields.set(name, {...rest, ...(required && {required})})
    if (items) visit(`${name}[]`, items, {within})
    const separator = / field /.test(name) ? '.' : ' field '
    for (const [key, property] of Object.entries(/** @type {Json} */ (properties)))
      visit(`${name}${separator}${key}`, property, {required: names.includes(key), within})
  }
}

/**
 * @param {Map<string, Json>} before
 * @param {Map<string, Json> | undefined} after
 */
function changesOf(before, after) {
  if (!after) return []
  const lost = [...before].filter(([name]) => !after.has(name)).map(([name]) => `gone: ${name}`)
  const others = [...after].flatMap(([name, schema]) => {
    const known = before.get(name)
    if (!known) return [`new: ${name}${inBrackets(schema)}`]
    const change = changeOf(known, schema)
    return change ? [`${name}: ${change}`] : []
  })
  return [...lost, ...others]
}

/** @param {Json} known @param {Json} schema */
function changeOf(known, schema) {
  const {enum: before = [], ...olderRest} = known
  const {enum: after = [], ...newerRest} = schema
  const more = after.filter((/** @type {string} */ value) => !before.includes(value))
  const less = before.filter((/** @type {string} */ value) => !after.includes(value))
  const [was, is] = [text(olderRest), text(newerRest)]
  return [
    ...(was === is ? [] : [`${was || 'anything'}, now ${is || 'anything'}`]),
    ...(more.length > 0 ? [`also ${more.join(', ')}`] : []),
    ...(less.length > 0 ? [`no longer ${less.join(', ')}`] : []),
  ].join('; ')
}

/** @param {Json} schema */
function inBrackets(schema) {
  const {enum: values, ...rest} = schema
  const all = [text(rest), ...(values ? [`one of ${values.join(', ')}`] : [])].filter(Boolean)
  return all.length > 0 ? ` (${all.join('; ')})` : ''
}

/** A schema in a few words, always in the same order. @param {Json} schema */
function text({type, format, required, nullable, ...rest}) {
  const limits = Object.keys(rest)
    .sort()
    .map((key) => `${key} ${rest[key]}`)
  return [format ? `${type} ${format}` : type, required && 'required', nullable && 'nullable', ...limits]
    .filter(Boolean)
    .join(', ')
}
