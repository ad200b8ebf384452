import {ApiError} from '../../http/errors.js'

export function invalidValue(why: string): ApiError {
  return new ApiError(400, 33101, `Invalid Parameter Value: ${why}`)
}

export function missingValue(parameter: string): ApiError {
  return new ApiError(400, 33102, `Parameter missing: ${parameter}`)
}
