import { userByName } from '../../world/devices'
import type { World } from '../../world/world'
import { type JsonObject, Refusal, succeeded } from '../answers'

const MAX_ACCOUNTS = 500
const STATES = ['Offline', 'PushOnline', 'Online'] as const
const PLATFORMS = ['iPhone', 'Android', 'Web', 'Windows', 'iPad'] as const

/** Answers openim/query_online_status (trtc.io/document/35477). Unknown accounts go to ErrorList. */
export function onlineStatus(world: World, body: JsonObject): JsonObject {
  const { To_Account, IsNeedDetail } = body
  if (!Array.isArray(To_Account) || To_Account.length === 0 || To_Account.length > MAX_ACCOUNTS) {
    throw new Refusal(90100, 'To_Account')
  }
  const accounts = To_Account.map((account) => {
    if (typeof account !== 'string') throw new Refusal(90100, 'To_Account')
    return account
  })
  const known = accounts.filter((account) => userByName(account) !== null)
  const unknown = accounts.filter((account) => userByName(account) === null)
  return {
    ...succeeded({ QueryResult: known.map((account) => stateOf(world, account, IsNeedDetail === 1)) }),
    ErrorInfo: '',
    ...(unknown.length > 0 ? { ErrorList: unknown.map((account) => ({ To_Account: account, ErrorCode: 70107 })) } : {}),
  }
}

/** Returns the state of an account, which never changes. An account online on one platform may be in the background on another. */
function stateOf(world: World, account: string, detail: boolean): JsonObject {
  const device = (userByName(account) ?? 0) * 2
  const n = world.devices.trait(device, 20) % 10
  const state = STATES[n < 5 ? 1 : n < 8 ? 0 : 2] ?? 'Offline'
  const phone = world.devices.platform(device) === 1 ? PLATFORMS[0] : PLATFORMS[1]
  const other = PLATFORMS[2 + (world.devices.trait(device, 21) % 3)] ?? 'Web'
  const platforms: JsonObject[] = [{ Platform: phone, Status: state }]
  if (state === 'Online' && n === 9) platforms.push({ Platform: other, Status: 'PushOnline' })
  return { To_Account: account, Status: state, ...(detail && state !== 'Offline' ? { Detail: platforms } : {}) }
}
