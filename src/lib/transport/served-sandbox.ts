import type {Send} from './types.js'

/** A header of each answer of a sandbox that is served: whoever reaches it by AKA_TWILIO_ENDPOINT learns that nothing is bought. */
export const servedSandboxHeader = 'x-aka-twilio-sandbox'

export function noticingServedSandbox(send: Send, notice: () => void): Send {
  return async (request) => {
    const response = await send(request)
    if (response.headers[servedSandboxHeader] !== undefined) notice()
    return response
  }
}
