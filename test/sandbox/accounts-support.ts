import {sdk} from './sdk.js'
import {type Login, mainLogin, newSandbox} from './support.js'

/** A main account and a subaccount, each with the SDK as its client. */
export async function mainAndSubaccount(options: Parameters<typeof newSandbox>[0] = {}) {
  const sandbox = newSandbox(options)
  const login = await mainLogin(sandbox)
  const main = sdk(sandbox, login)
  const {sid, authToken} = await main.api.v2010.accounts.create({friendlyName: 'sub'})
  const subLogin: Login = {username: sid, password: authToken}
  return {sandbox, login, main, sid, subLogin, sub: sdk(sandbox, subLogin)}
}
