import {type AddonRequest, createAddon, previewAddon, roomForAll} from '../../lib/lifecycle/create/create.js'
import type {CreatedDocument, CreatePreviewDocument} from '../../lib/lifecycle/create/document.js'
import {addonRequest, type ParsedAddon} from '../addon-request.js'
import {costOfMany, inBrief, roomForMany, totalCost} from '../output/addons/create-many.js'
import {confirm} from '../prompts.js'
import type {BulkOperation} from './operation.js'

/** What `addons:create` does for each of many. */
export function manyCreated(options: {
  readonly showSecrets: boolean
}): BulkOperation<ParsedAddon, AddonRequest, CreatedDocument, CreatePreviewDocument> {
  return {
    doing: 'creating the add-ons of',
    request: addonRequest,
    beforehand: async ({requests, open}) => roomForMany(await roomForAll(await open(), requests)),
    consent: async (requests) => confirm(costOfMany(requests), {otherwise: 'Nothing was sent.'}),
    carryOut: async (context, asked) => createAddon(context, asked, options),
    preview: previewAddon,
    brief: inBrief,
    total: totalCost,
  }
}
