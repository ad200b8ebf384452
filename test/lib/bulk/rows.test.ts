import {describe, expect, it} from '@jest/globals'

import {parseRows} from '../../../src/lib/bulk/rows.js'

const options = new Set(['plan', 'area-code', 'any-area'])
const read = async (text: string) => {
  const {rows} = await parseRows(text, options)
  return rows.map(({line, appSpace, options}) => [line, appSpace, options] as const)
}

describe('a list of app-spaces', () => {
  it('is one a line, with remarks and empty lines between', async () => {
    expect(await read('\uFEFF# ours\napi-default\r\n\n  web-dev  \n')).toEqual([
      [2, 'api-default', {}],
      [4, 'web-dev', {}],
    ])
  })

  it('is CSV whose heading names options as people write them; what is empty is not given', async () => {
    const csv = 'App space;plan;areaCode;ANY_AREA\napi-default;twilio:small;801;true\n# not yet: x\nweb-dev;;;\n'
    expect(await read(csv)).toEqual([
      [2, 'api-default', {plan: 'twilio:small', 'area-code': '801', 'any-area': 'true'}],
      [4, 'web-dev', {}],
    ])
  })

  it('is NDJSON with the same names', async () => {
    const ndjson = '{"app":"api-default","areaCode":801,"anyArea":true}\n{"appSpace":"web-dev","plan":null}\n'
    expect(await read(ndjson)).toEqual([
      [1, 'api-default', {'area-code': '801', 'any-area': 'true'}],
      [2, 'web-dev', {}],
    ])
  })

  it('keeps each line as it stands, and the heading, for a list of those that failed', async () => {
    expect(await parseRows('app,plan\napi-default,"small"\n', options)).toMatchObject({
      heading: 'app,plan',
      rows: [{source: 'api-default,"small"'}],
    })
  })
})

describe('lines that cannot be carried out', () => {
  const refusal = (text: string) => parseRows(text, options).catch((error: unknown) => error)

  it('are all told, with their numbers, in their order', async () => {
    expect(await refusal('app,plan\na-dev,small\n,small\na-dev,\nb-dev,,more\n')).toMatchObject({
      exitCode: 2,
      message: 'Nothing was sent: 3 of the lines cannot be carried out.',
      suggestions: [
        'line 3: names no app-space',
        'line 4: a-dev is on line 2 already',
        'line 5: has 3 values for 2 columns',
      ],
    })
    expect(await refusal('{"app":"a-dev","colour":"red"}\n{"plan":"small"}\n')).toMatchObject({
      suggestions: ['line 1: there is no option --colour that a line could give', 'line 2: names no app-space'],
    })
  })

  it('are reported once where it is the heading', async () => {
    expect(await refusal('app,colour\na-dev,red\nb-dev,blue\n')).toMatchObject({
      message: 'The list of app-spaces has unknown columns: colour.',
      suggestions: ['Possible columns: app, plan, area-code, any-area.'],
    })
  })

  it('are reported where they are not JSON, or the list is empty or has no column of app-spaces', async () => {
    expect(await refusal('{"app":"a-dev"}\n{"app":\n')).toMatchObject({
      suggestions: [expect.stringMatching(/^line 2: is not JSON/)],
    })
    expect(await refusal('\n# none\n')).toMatchObject({exitCode: 2, message: 'The list of app-spaces is empty.'})
    expect(await refusal('plan,area-code\nsmall,801\n')).toMatchObject({
      message: 'The list of app-spaces has no column for them: its first line is "plan,area-code".',
    })
  })
})
