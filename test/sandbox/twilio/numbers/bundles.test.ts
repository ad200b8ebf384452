import {expect, it} from '@jest/globals'

import {mainAndSubaccount} from '../../accounts-support.js'

it('bundles are listed by SIDs, kind of customer and date, in either order', async () => {
  let now = Date.parse('2026-03-01T12:00:00Z')
  const {main, sid} = await mainAndSubaccount({now: () => now})
  const {
    regulatoryCompliance: {bundles},
    bundleClone,
  } = main.numbers.v2
  const [german] = await bundles.list()
  if (!german) throw new Error('The sandbox has a bundle from the start.')
  now += 60_000
  const copy = await bundleClone(german.sid).create({targetAccountSid: main.accountSid, friendlyName: 'copy'})
  await bundleClone(german.sid).create({targetAccountSid: sid})
  const names = async (wanted: Parameters<typeof bundles.list>[0]) =>
    (await bundles.list(wanted)).map(({friendlyName}) => friendlyName)
  const both = ['copy', german.friendlyName]
  expect(await names({})).toEqual(both)
  expect(await names({sortBy: 'date-updated', sortDirection: 'DESC'})).toEqual(both)
  expect(await names({sortDirection: 'ASC'})).toEqual(both.toReversed())
  expect(await names({bundleSids: copy.bundleSid})).toEqual(['copy'])
  expect(await names({bundleSids: `${copy.bundleSid},${german.sid}`, endUserType: 'business'})).toEqual(both)
  expect(await names({endUserType: 'individual'})).toEqual([])
  expect(await names({hasValidUntilDate: true})).toEqual([])
  expect(await names({hasValidUntilDate: false, isoCountry: 'DE'})).toEqual(both)
  expect(await names({validUntilDateAfter: new Date(0)})).toEqual([])
})
