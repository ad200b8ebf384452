import {Ajv, type ErrorObject, type SchemaObject, type ValidateFunction} from 'ajv'
import {fullFormats} from 'ajv-formats/dist/formats.js'

import {COMPILED_FAST} from './json-schema.js'

/** The part of an OpenAPI 3.0 schema that Twilio's documents use. */
export interface OpenApiSchema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: OpenApiSchema
  readonly properties?: Readonly<Record<string, OpenApiSchema>>
  readonly required?: readonly string[]
}

export type Part = 'path' | 'query' | 'header' | 'form' | 'answer'
/** What is wrong with a value, each in a few words; empty when nothing is. */
export type Check = (value: unknown) => string[]

export interface FieldsCheck {
  readonly names: readonly string[]
  readonly check: (fields: Iterable<readonly [string, string]>) => string[]
}

/** Schemas by name, as `#/components/schemas/` has them. */
export type Components = Readonly<Record<string, OpenApiSchema>>

/** Null in Twilio's examples, though their schemas have no word for it. */
const SOMETIMES_NULL = new Set(['reset_status', 'base_price', 'current_price', 'number_type'])
const DECIMAL = /^-?\d+(\.\d+)?$/
const ANYTHING = true

const ajv = new Ajv({
  ...COMPILED_FAST,
  allErrors: true,
  allowUnionTypes: true,
  verbose: true,
  formats: {
    date: isDay,
    'date-time': isInstant,
    int32: fullFormats.int32,
    int64: fullFormats.int64,
    // v2010 answers with paths relative to its host.
    uri: fullFormats['uri-reference'],
    'date-time-rfc-2822': isTwilioRfc2822,
    'day-or-instant': (text: string) => isDay(text) || isInstant(text),
    'day-or-offset': (text: string) => isDay(text) || /^[+-]\d+days$/.test(text),
    json: isJson,
    decimal: DECIMAL,
    e164: /^\+[1-9]\d{1,14}$/,
    'iso-country-code': /^[A-Z]{2}$/,
    currency: /^[A-Z]{3}$/i,
    'http-method': /^(GET|HEAD|POST|PUT|PATCH|DELETE)$/,
    'phone-number': ANYTHING,
    endpoint: ANYTHING,
    twiml: ANYTHING,
  },
})

/** By schema: several operations answer alike. */
const validators = new Map<string, ValidateFunction>()

/** Compiled when it is first called, which many never are. */
function validatorOf(schema: SchemaObject): () => ValidateFunction {
  let known: ValidateFunction | undefined
  return () => {
    if (known) return known
    const text = JSON.stringify(schema)
    known = validators.get(text) ?? ajv.compile(schema)
    validators.set(text, known)
    return known
  }
}

/** Checks a whole JSON answer. */
export function answerCheck(schema: OpenApiSchema, components: Components): Check {
  const validate = validatorOf(toJsonSchema(schema, {part: 'answer', components}))
  return (value) => problemsOf(validate(), value, 'answer')
}

/** Checks named strings: a query, a form or the variables of a path. */
export function fieldsCheck(schema: OpenApiSchema, part: Part, components: Components): FieldsCheck {
  const jsonSchema = toJsonSchema({type: 'object', properties: {}, ...schema}, {part, components})
  const properties = jsonSchema.properties as Record<string, SchemaObject>
  const validate = validatorOf(jsonSchema)
  return {
    names: Object.keys(properties),
    check(fields) {
      const values = readFields(fields, properties)
      const isNothing = Object.keys(values).length === 0 && (schema.required ?? []).length === 0
      return isNothing ? [] : problemsOf(validate(), values, part)
    },
  }
}

interface Context {
  readonly part: Part
  readonly components: Components
}

/**
 * An OpenAPI 3.0 schema as a strict JSON Schema: no property that is not listed and, in answers, none left out.
 * References are replaced by what they mean; Twilio's are never circular.
 */
function toJsonSchema(schema: OpenApiSchema, context: Context, name = ''): SchemaObject {
  const {$ref, type} = schema
  if ($ref) return toJsonSchema(resolve($ref, context.components), context, name)
  if (type === 'object') return objectSchema(schema, context)
  if (type === 'array') return arraySchema(schema, context, name)
  if (type) return scalarSchema(schema, context.part, name)
  return context.part === 'form' ? {type: 'string', format: 'json'} : {}
}

function objectSchema(
  {format, nullable = false, properties, required = []}: OpenApiSchema,
  context: Context,
): SchemaObject {
  const type = orNull('object', nullable)
  if (format === 'uri-map') return {type, additionalProperties: {type: 'string', format: 'uri'}}
  if (!properties) return {type}
  return {
    type,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, toJsonSchema(schema, context, name)]),
    ),
    additionalProperties: false,
    required: context.part === 'answer' ? alwaysAnswered(Object.keys(properties), format) : required,
  }
}

function alwaysAnswered(names: readonly string[], format: string | undefined): readonly string[] {
  // A capability that the country does not know, such as fax, is left out.
  if (format === 'phone-number-capabilities') return []
  // The available numbers are documented as pages, but are one list.
  if (names.includes('available_phone_numbers')) return ['available_phone_numbers', 'uri']
  return names
}

function arraySchema(schema: OpenApiSchema, context: Context, name: string): SchemaObject {
  const {nullable = false, items = {}} = schema
  return {type: orNull('array', nullable), items: toJsonSchema(items, context, name), ...limitsOf(schema)}
}

function scalarSchema(schema: OpenApiSchema, part: Part, name: string): SchemaObject {
  const {type = 'string', format, pattern} = schema
  const nullable = schema.nullable === true || (part === 'answer' && SOMETIMES_NULL.has(name))
  if (schema.enum) return {enum: nullable ? [...schema.enum, null] : schema.enum}

  // Twilio's examples send many documented numbers as strings, and usage the other way round: both are right.
  const eitherWay = type === 'number' || (type === 'string' && ['price', 'usage', 'count'].includes(name))
  if (part === 'answer' && eitherWay) {
    return {type: ['number', ...[orNull('string', nullable)].flat()], format: 'decimal'}
  }
  return {
    type: orNull(type, nullable),
    ...(format && {format: formatOf(format, part, name)}),
    // The pattern of a SID says its length too.
    ...(pattern ? {pattern: patternOf(pattern, name)} : limitsOf(schema)),
  }
}

function limitsOf({minimum, maximum, minLength, maxLength, minItems, maxItems}: OpenApiSchema): SchemaObject {
  const limits = Object.entries({minimum, maximum, minLength, maxLength, minItems, maxItems})
  return Object.fromEntries(limits.filter(([, limit]) => limit !== undefined))
}

/** A number that no application serves has "" for the SID of one, in Twilio's examples. */
function patternOf(pattern: string, name: string): string {
  return /application_?sid$/i.test(name) ? `^$|${pattern}` : pattern
}

function orNull(type: string, nullable: boolean): string | string[] {
  return nullable ? [type, 'null'] : type
}

function formatOf(format: string, part: Part, name: string): string {
  // Searches accept a day for an instant, and usage from "-30days" on, say their examples and descriptions.
  if (part === 'query' && format === 'date-time') return 'day-or-instant'
  if (part === 'query' && format === 'date') return 'day-or-offset'
  // Searches allow wildcards, senders may be short codes or names, and a friendly name is for people.
  if (part !== 'query' && format === 'phone-number' && /phone_?number$/i.test(name)) return 'e164'
  return format
}

function resolve($ref: string, components: Components): OpenApiSchema {
  const schema = components[$ref.replace('#/components/schemas/', '')]
  if (!schema) throw new Error(`The document refers to ${$ref} and does not define it.`)
  return schema
}

/** Fields as the typed values they stand for; what cannot be read stays a string, for the validator to report. */
function readFields(
  fields: Iterable<readonly [string, string]>,
  properties: Record<string, SchemaObject>,
): Record<string, unknown> {
  const texts = new Map<string, string[]>()
  for (const [name, text] of fields) texts.set(name, [...(texts.get(name) ?? []), text])

  const entries = [...texts].map(([name, all]): [string, unknown] => {
    const {type, items} = properties[name] ?? {}
    if (types(type).includes('array')) return [name, all.map((text) => readText(text, (items as SchemaObject).type))]
    return [name, all.length > 1 ? all : readText(all[0] ?? '', type)]
  })
  return Object.fromEntries(entries)
}

function readText(text: string, type: unknown): unknown {
  if (types(type).includes('integer') && /^-?\d+$/.test(text)) return Number(text)
  if (types(type).includes('number') && DECIMAL.test(text)) return Number(text)
  if (types(type).includes('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

function types(type: unknown): unknown[] {
  return Array.isArray(type) ? type : [type]
}

function problemsOf(validate: ValidateFunction, value: unknown, part: Part): string[] {
  if (validate(value)) return []
  return (validate.errors ?? []).filter((error) => !isKnown(error)).map((error) => toWords(error, part))
}

/** Numbers for sale have these in capitals, whatever the documents say. */
const IN_CAPITALS = new Set<unknown>(['SMS', 'MMS'])

function isKnown({keyword, instancePath, params}: ErrorObject): boolean {
  const isCapability = /^\/available_phone_numbers\/\d+\/capabilities$/.test(instancePath)
  return keyword === 'additionalProperties' && isCapability && IN_CAPITALS.has(params.additionalProperty)
}

function toWords({keyword, instancePath, message = 'is wrong', params, data}: ErrorObject, part: Part): string {
  const where = [part, instancePath.slice(1)].filter(Boolean).join(' ')
  if (keyword === 'required') return `${where} lacks ${String(params.missingProperty)}`
  if (keyword === 'additionalProperties') return `${where} has undocumented ${String(params.additionalProperty)}`
  const choice = keyword === 'enum' ? ` (${(params.allowedValues as unknown[]).join(', ')})` : ''
  return `${where} ${message}${choice}, not ${JSON.stringify(data).slice(0, 80)}`
}

function isDay(text: string): boolean {
  const date = new Date(text)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function isInstant(text: string): boolean {
  const shape = /^[\d-]{10}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
  return shape.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
}

/** "Thu, 30 Jul 2015 20:00:00 +0000": an existing day, its right weekday, always in GMT. */
function isTwilioRfc2822(text: string): boolean {
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toUTCString() === text.replace('+0000', 'GMT') && text.endsWith('+0000')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
