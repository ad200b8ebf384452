import {Flags} from '@oclif/core'

import {type OrderTerms, orderTerms} from '../../lib/sims/order-request.js'

/** Which SIMs are ordered, and where they go. */
export const orderFlags = {
  quantity: Flags.integer({char: 'n', description: 'how many', helpValue: 'N'}),
  esim: Flags.boolean({description: 'eSIM profiles instead of cards'}),
  eid: Flags.string({
    description: 'EID of a device that is to have an eSIM profile; repeatable',
    multiple: true,
    default: [],
  }),
  'address-sid': Flags.string({
    description: 'address of the main account to ship cards to, if it has several',
    helpValue: 'AD…',
    exclusive: ['esim', 'eid'],
  }),
  'qr-dir': Flags.directory({description: 'write the QR codes of eSIM profiles as PNG files into this folder'}),
}

interface Given {
  readonly quantity?: number | undefined
  readonly esim: boolean
  readonly eid: readonly string[]
  readonly 'address-sid'?: string | undefined
}

/** @throws {Failure} `usage` */
export function termsFrom({'address-sid': addressSid, ...given}: Given): OrderTerms {
  return orderTerms({...given, addressSid})
}
