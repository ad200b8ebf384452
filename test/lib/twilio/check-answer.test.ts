import {describe, expect, it} from '@jest/globals'

import {answerProblem, type Operation, operationAt, pageForSdk} from '../../../src/lib/twilio/check-answer.js'

const at = (address: string) => operationAt(new URL(address))
const A = `AC${'a'.repeat(32)}`
const PN = `PN${'1'.repeat(32)}`
const accounts = 'https://api.twilio.com/2010-04-01/Accounts'

describe('the operation at an address', () => {
  it('is known by its product and its path, whatever region serves it', () => {
    expect(at(`${accounts}.json`)).toMatchObject({list: 'accounts'})
    expect(at(`${accounts.replace('api.', 'api.dublin.ie1.')}.json`)).toMatchObject({list: 'accounts'})
    expect(at(`${accounts}/${A}.json`)).toMatchObject({isNamed: true, asked: A})
  })

  it.each([
    ['of a product that is not used', 'https://video.twilio.com/v1/Rooms'],
    ['of a path that is not used', `${accounts}/${A}/Conferences.json`],
    ['that goes on behind a known one', `${accounts}/${A}.json/more`],
    ['whose SID is of another kind', `${accounts}/${PN}.json`],
    ['whose SID is too short', `${accounts}/AC12.json`],
    ['with another character where a dot is', `${accounts}/${A}_json`],
  ])('is not known, so that nothing is sent there: one %s', (_, address) => {
    expect(at(address)).toBeUndefined()
  })

  it('says what is asked for as a person would write it', () => {
    const item = (key: string) => at(`https://sync.twilio.com/v1/Services/default/Maps/aka-twilio/Items/${key}`)?.asked
    expect(item('api-default%2Ford-1')).toBe('api-default/ord-1')
    expect(item('100%')).toBe('100%')
  })
})

describe('an answer', () => {
  const one: Operation = {template: 'api /{AC}', shape: {sid: 'sid'}, isNamed: true, asked: A}
  const list: Operation = {template: 'api /', shape: {sid: 'sid'}, list: 'accounts', asked: 'Accounts'}

  it.each<[string, Operation, string, unknown, string | undefined]>([
    ['about what was asked for can be read', one, 'GET', {sid: A}, undefined],
    ['may name it as a reader sees it', {...one, asked: ' vans '}, 'GET', {unique_name: 'vans', sid: A}, undefined],
    ['may name it by its unique name', {...one, asked: 'vans'}, 'POST', {sid: A, unique_name: 'vans'}, undefined],
    ['may name it by its key', {...one, shape: {}, asked: 'k'}, 'GET', {key: 'k'}, undefined],
    ['about something else says about what', one, 'GET', {sid: PN}, `about ${PN}`],
    ['about nothing is about something else', {...one, shape: {}}, 'GET', {}, 'about something else'],
    ['about a new one has a name that nobody knew', {...one, isNamed: false}, 'POST', {sid: PN}, undefined],
    ['in another form says what is wrong', one, 'GET', {sid: 'AC1'}, 'sid is a string that it cannot be'],
    ['that is no object says so', one, 'GET', [], 'not an object but a list'],
    ['with a list can be read', list, 'GET', {accounts: [{sid: A}, {sid: A}]}, undefined],
    ['that is no object has no list', list, 'GET', [{sid: A}], 'not an object but a list'],
    ['without its list says so', list, 'GET', {sid: A}, 'accounts: not a list but missing'],
    ['with a list of something else says so', list, 'GET', {accounts: [{sid: A}, {}]}, 'accounts: sid is missing'],
    ['to a creation in a list is one resource', list, 'POST', {sid: A}, undefined],
    ['to a creation in a list is no list', list, 'POST', {accounts: []}, 'sid is missing'],
  ])('%s', (_, operation, method, body, problem) => {
    expect(answerProblem(operation, method, body, () => true)).toBe(problem)
  })

  const none = 'the address of the next page is none of this list'

  it.each([
    [{next_page_uri: '/2010-04-01/Accounts.json?Page=1'}, undefined],
    [{next_page_uri: null}, undefined],
    [{meta: {next_page_url: 'https://api.twilio.com/v1/Accounts?Page=1'}}, undefined],
    [{meta: {next_page_url: null}}, undefined],
    [{meta: null}, undefined],
    [{meta: 'page 1'}, 'meta is a string that it cannot be'],
    [{next_page_uri: 1}, none],
    [{meta: {next_page_url: true}}, none],
    [{meta: {next_page_url: 'elsewhere'}}, none],
  ])('that goes on says where: %j', (paging, problem) => {
    const isSameList = (link: string) => link.includes('/Accounts')
    expect(answerProblem(list, 'GET', {accounts: [], ...paging}, isSameList)).toBe(problem)
  })

  it('is given to the SDK as one list with one link, whatever else it has', () => {
    const url = new URL('https://api.twilio.com/2010-04-01/Accounts.json')
    const read = (paging: object) => pageForSdk({others: [1], accounts: [2], ...paging}, 'accounts', url)
    const page = (next: string | null) => ({accounts: [2], meta: {key: 'accounts', next_page_url: next}})
    expect(read({meta: {key: 'others'}, previous_page_uri: 7})).toEqual(page(null))
    expect(read({next_page_uri: ''})).toEqual(page(null))
    expect(read({next_page_uri: '/2010-04-01/Accounts.json?Page=1'})).toEqual(page(`${url.href}?Page=1`))
    expect(read({meta: {next_page_url: `${url.href}?Page=2`}})).toEqual(page(`${url.href}?Page=2`))
  })
})
