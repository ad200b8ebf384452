import {describe, expect, it} from '@jest/globals'
import * as yaml from 'yaml'

import {conflict, usage} from '../../../src/lib/errors.js'
import {NodeReader, type Value} from '../../../src/lib/fleet/node-reader.js'

/** What is read of a file, and what is wrong with it, by lines. */
function read<Result>(text: string, by: (reader: NodeReader, root: Value) => Result) {
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, {schema: 'failsafe', lineCounter: lines, prettyErrors: false})
  const reader = new NodeReader(yaml, document, lines)
  const result = by(reader, {node: document.contents, line: 1})
  return {result, problems: reader.problems.map(({line, problem}) => `${line}: ${problem}`)}
}

/** The same of the value of `x`. */
const readX = <Result>(text: string, by: (reader: NodeReader, x: Value | undefined) => Result) =>
  read(text, (reader, root) => by(reader, reader.entries(root).get('x')))

describe('a section', () => {
  const section = (text: string, ...allowed: string[]) =>
    read(text, (reader, root) => [...reader.section(root, allowed)].map(([name, {line}]) => `${name} in ${line}`))

  it.each(['areaCode', 'area-code', 'area_code', 'AreaCode', "'area code'"])('takes %s for areaCode', (key) => {
    expect(section(`${key}: 801`, 'areaCode')).toEqual({result: ['areaCode in 1'], problems: []})
  })

  it('refuses what it cannot have, where that stands, and says what there can be', () => {
    expect(section('url: x\n\nta: x\nat: x', 'url', 'at')).toEqual({
      result: ['url in 1', 'at in 4'],
      problems: ['3: there is no ta here; there can be: url, at'],
    })
  })

  it('refuses a name that is there twice, in whichever form', () => {
    expect(section('area-code: 801\nareaCode: 212', 'areaCode').problems).toEqual(['2: areaCode is there twice'])
  })

  it.each(['', '~', 'null', '# nothing'])('is empty where the file says nothing: %j', (text) => {
    expect(section(text, 'x')).toEqual({result: [], problems: []})
  })

  it.each(['text', '[x, y]', "''"])('is no %s', (text) => {
    expect(section(text, 'x').problems).toEqual(['1: names and values are expected here (name: value)'])
  })

  it('has texts for names', () => {
    expect(section('? [a, b]\n: x\nurl: x', 'url')).toEqual({
      result: ['url in 3'],
      problems: ['1: a name must be a text'],
    })
  })
})

describe('a value', () => {
  it('is a text as it stands there, or nothing', () => {
    const text = (file: string) => readX(file, (reader, x) => reader.text(x))
    expect(text('x: 0801').result).toBe('0801')
    expect(text("x: ''").result).toBe('')
    expect(text("x: 'null'").result).toBe('null')
    for (const file of ['x:', 'x: null', 'x: ~', 'y: z']) expect(text(file)).toEqual({result: undefined, problems: []})
    expect(text('y: z\nx: [a]')).toEqual({result: undefined, problems: ['2: a text is expected here']})
  })

  it('that is a flag is true or false', () => {
    const flag = (file: string) => readX(file, (reader, x) => reader.flag(x))
    expect(flag('x: true').result).toBe(true)
    expect(flag('x: false').result).toBe(false)
    for (const file of ['x:', 'y: z']) expect(flag(file)).toEqual({result: undefined, problems: []})
    expect(flag('x: yes').problems).toEqual(['1: true or false is expected here, not yes'])
  })

  it('that has several texts is a list, or one text with commas', () => {
    const texts = (file: string) => readX(file, (reader, x) => reader.texts(x))
    for (const file of ['x: [80, 100]', 'x:\n  - 80\n  - 100', 'x: 80,100'])
      expect(texts(file)).toEqual({result: ['80', '100'], problems: []})
    for (const file of ['x:', 'y: z']) expect(texts(file).result).toBeUndefined()
  })

  it('of a list that is wrong is reported in its own line', () => {
    expect(readX('x:\n  - 80\n  - [90]\n', (reader, x) => reader.texts(x))).toEqual({
      result: ['80'],
      problems: ['3: a text is expected here'],
    })
  })

  it('tells whether it is a text, or nothing', () => {
    const kinds = (file: string) =>
      readX(file, (reader, x = {node: null, line: 0}) => [reader.isText(x), reader.isNothing(x)]).result
    expect(kinds('x: none')).toEqual([true, false])
    expect(kinds("x: ''")).toEqual([true, false])
    for (const file of ['x:', 'x: null', 'x: ~']) expect(kinds(file)).toEqual([false, true])
    expect(kinds('x: {y: z}')).toEqual([false, false])
  })
})

describe('an alias', () => {
  it('stands for what its anchor has: names, sections and texts', () => {
    const file = 'y: &key x\nz: &many {at: [&one 80, *one]}\n*key : *many'
    const {result, problems} = read(file, (reader, root) => {
      const x = reader.entries(root).get('x')
      return x && reader.texts(reader.section(x, ['at']).get('at'))
    })
    expect([result, problems]).toEqual([['80', '80'], []])
  })

  it('without an anchor is reported once, however often it is read', () => {
    const twice = (reader: NodeReader, x: Value | undefined) => x && [reader.isText(x), reader.section(x, [])]
    expect(readX('y: z\nx: *gone', twice).problems).toEqual(['2: there is no anchor &gone for the alias *gone'])
  })
})

it('adds what a check elsewhere refuses to the problems of the line, and lets anything else pass', () => {
  const check = (by: () => string) => read('x: y', (reader) => reader.checked({line: 7}, by))
  expect(check(() => 'fine')).toEqual({result: 'fine', problems: []})
  const refusing = () => {
    throw usage('PLAN_UNKNOWN', 'There is no such plan.', 'Take another.', 'Or none.')
  }
  expect(check(refusing)).toEqual({result: undefined, problems: ['7: There is no such plan. Take another. Or none.']})
  for (const error of [conflict('HOST_MISMATCH', 'It is another one.'), new TypeError('a mistake in the code')]) {
    const failing = () => {
      throw error
    }
    expect(() => check(failing)).toThrow(error)
  }
})
