import {ApiError} from '../../http/respond.js'

export function invalidValue(why: string): ApiError {
  return new ApiError(400, 33101, `Invalid Parameter Value: ${why}`)
}

export function missing(parameter: string): ApiError {
  return new ApiError(400, 33102, `Parameter missing: ${parameter}`)
}
