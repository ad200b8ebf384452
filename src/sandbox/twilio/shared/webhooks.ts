import type {Webhook} from '../../state/types/common.js'
import {readSettings, type Setting} from './settings.js'

/** An address that a request gives, with how it is to be requested; undefined without one. */
export function readWebhook(form: URLSearchParams, name: string, methodName = `${name}Method`): Webhook | undefined {
  const settings: readonly Setting[] = [
    [name, 'url', 'callback', null],
    [methodName, 'method', 'method', 'POST'],
  ]
  const {url, method = 'POST'} = readSettings(settings, form)
  return typeof url === 'string' ? {url, method: method === 'GET' ? 'GET' : 'POST'} : undefined
}
