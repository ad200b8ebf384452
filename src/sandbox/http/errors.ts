/** An error answer of Twilio's. Operations throw it before they change anything. */
export class ApiError extends Error {
  readonly status: number
  readonly code: number

  constructor(status: number, code: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

export function notFound(path: string): ApiError {
  return new ApiError(404, 20404, `The requested resource ${path} was not found`)
}

/** Twilio's answer to wrong credentials of every kind, and to credentials that may not do this. */
export function accessDenied(): ApiError {
  return new ApiError(401, 20003, 'Authenticate')
}

export function accountNotActive(): ApiError {
  return new ApiError(403, 20005, 'Account not active')
}

/** How the newer APIs refuse a parameter. */
export function invalidParameter(why: string): ApiError {
  return new ApiError(400, 20422, `Invalid Parameter: ${why}`)
}

/**
 * How the v2010 API refuses a parameter. Twilio's dictionary has the code for unknown ones alone
 * (https://www.twilio.com/docs/api/errors/20001): that an answer of 400 carries it for missing and invalid ones is what users report.
 */
export function badRequest(message: string): ApiError {
  return new ApiError(400, 20001, message)
}

/** Of a call or a message: https://www.twilio.com/docs/api/errors/20009 */
export function notComplete(why: string): ApiError {
  return new ApiError(409, 20009, `Cannot delete this resource before it is complete: ${why}`)
}

export function missingParameter(name: string): ApiError {
  return badRequest(`Missing required parameter ${name} in the post body`)
}

export function conflict(message: string): ApiError {
  return new ApiError(409, 20409, message)
}

/** In our own words: Twilio may well have this operation. */
export class NotEmulated extends Error {
  constructor(method: string, path: string) {
    super(`The sandbox does not emulate ${method} ${path}`)
    this.name = 'NotEmulated'
  }
}

export function notEmulated({method, path}: {readonly method: string; readonly path: string}): never {
  throw new NotEmulated(method, path)
}
