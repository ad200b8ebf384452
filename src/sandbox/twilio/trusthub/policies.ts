import {notFound} from '../../http/errors.js'
import {pageWithMeta} from '../../http/pages.js'
import {json} from '../../http/respond.js'
import type {Route} from '../../http/router.js'
import {POLICIES, type Policy, PRIMARY_PROFILE_POLICY} from '../../world/policies.js'

export const policyRoutes: readonly Route[] = [
  {
    product: 'trusthub',
    method: 'GET',
    path: '/v1/Policies',
    handle: (context) => pageWithMeta(context, {key: 'results', all: POLICIES, idOf: ({sid}) => sid, render}),
  },
  {
    product: 'trusthub',
    method: 'GET',
    path: '/v1/Policies/{Sid}',
    handle: ({params, path}) => {
      const policy = POLICIES.find(({sid}) => sid === params.Sid)
      if (!policy) throw notFound(path)
      return json(200, render(policy))
    },
  },
]

function render({sid, friendlyName, endUsers, needsAddress, supportedBy}: Policy): unknown {
  const address = {
    description: 'Customer Profile HQ Physical Address',
    type: 'document',
    name: 'Physical Business Address',
    accepted_documents: [
      {
        url: '/SupportingDocumentTypes/customer_profile_address',
        fields: ['address_sids'],
        type: 'customer_profile_address',
        name: 'Physical Business Address',
      },
    ],
    requirement_name: 'customer_profile_address',
  }
  return {
    sid,
    friendly_name: friendlyName,
    requirements: {
      end_user: endUsers.map(({type, name, fields}) => ({
        url: `/EndUserTypes/${type}`,
        fields,
        type,
        name,
        requirement_name: type,
      })),
      supporting_trust_products: [],
      supporting_document: needsAddress ? [[address]] : [],
      supporting_customer_profiles: supportedBy.map((policy) => ({
        type:
          policy === PRIMARY_PROFILE_POLICY
            ? 'primary_customer_profile_type_business'
            : 'customer_profile_type_business',
        name:
          policy === PRIMARY_PROFILE_POLICY ? 'Primary Customer Profile Bundle' : 'Secondary Customer Profile Bundle',
        requirement_name: 'customer_profile',
      })),
    },
    url: `https://trusthub.twilio.com/v1/Policies/${sid}`,
  }
}
