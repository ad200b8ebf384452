import {destroy} from '../../lib/lifecycle/destroy/destroy.js'
import type {DestroyRequest} from '../../lib/lifecycle/destroy/lease.js'
import {previewDestroy} from '../../lib/lifecycle/destroy/preview.js'
import {registeredAmong} from '../../lib/lifecycle/destroy/preview-registration.js'
import {type DestroyedDocument, destroyedDocument, type DestroyPreviewDocument} from '../../lib/lifecycle/document.js'
import {confirmationOfMany} from '../destroy-confirmation.js'
import {manyRegistrationConsequences} from '../output/addons/destroy.js'
import {costNoLonger, destroyedInBrief} from '../output/brief.js'
import {mustTypeName, typeName} from '../prompts.js'
import type {BulkOperation} from './operation.js'
import type {PartOfList} from './parts-of-list.js'

interface ForAll {
  readonly 'dry-run': boolean
  readonly 'apps-from'?: string | undefined
  readonly 'confirm-count'?: number | undefined
  readonly 'keep-number': boolean
}

interface Parsed {
  readonly flags: {readonly 'keep-number': boolean}
}

/** What `addons:destroy` does for each of many: how many they are is confirmed once, in place of each name. */
export function manyDestroyed({
  'apps-from': path = '-',
  'confirm-count': given,
  'keep-number': keepNumber,
  'dry-run': isDryRun,
}: ForAll): BulkOperation<Parsed, DestroyRequest, DestroyedDocument, DestroyPreviewDocument> {
  return {
    doing: 'destroying the add-ons of',
    // A line of the list may say otherwise.
    request: ({flags}, appSpace) => ({appSpace, keepNumber: flags['keep-number']}),
    // A dry run says it of each.
    ...(!isDryRun && {beforehand: endingRegistrations}),
    async consent({length}) {
      const confirmation = confirmationOfMany(length, {given, path, keepNumber})
      if (mustTypeName(confirmation)) await typeName(confirmation, {otherwise: 'Nothing was destroyed.'})
    },
    carryOut: async (context, request) => destroyedDocument(await destroy(context, request)),
    preview: previewDestroy,
    brief: destroyedInBrief,
    total: costNoLonger,
  }
}

async function endingRegistrations({requests, open}: PartOfList<DestroyRequest>) {
  const appSpaces = requests.map(({appSpace}) => appSpace)
  const said = manyRegistrationConsequences(await registeredAmong(await open(), appSpaces))
  return said === undefined ? undefined : {said}
}
