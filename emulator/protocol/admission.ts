import { Refusal } from './answers'
import { verify } from './usersig'

export interface App {
  sdkAppId: number
  /** The secret key that signs UserSigs. */
  key: string
  /** UserIDs of the app's administrators. */
  admins: string[]
}

export const ENDPOINTS = [
  'all_member_push_statistics',
  'all_member_push_loss',
  'all_member_push_trace',
  'normal_push_statistics',
  'normal_push_loss',
  'normal_push_trace',
] as const
export type Endpoint = (typeof ENDPOINTS)[number] | 'query_online_status'

/** Returns the endpoint for a path, or null. */
export function endpointAt(path: string): Endpoint | null {
  if (path === '/v4/openim/query_online_status') return 'query_online_status'
  return ENDPOINTS.find((name) => path === `/v4/timpush/${name}`) ?? null
}

const UINT32 = 4_294_967_295

/** Identifies the calling app from the URL. `now` is in real seconds. Throws the refusal Tencent would answer. */
export function admit(query: URLSearchParams, apps: ReadonlyMap<number, App>, now: number): App {
  const sdkAppId = query.get('sdkappid')
  if (!sdkAppId) throw new Refusal(60012)
  if (!/^[1-9]\d{0,10}$/.test(sdkAppId)) throw new Refusal(60025, 'sdkappid')
  const identifier = query.get('identifier')
  if (!identifier) throw new Refusal(60025, 'identifier')
  const userSig = query.get('usersig')
  if (!userSig) throw new Refusal(60025, 'usersig')
  if (query.get('contenttype') !== 'json') throw new Refusal(60025, 'contenttype')
  const random = query.get('random') ?? ''
  if (!/^\d{1,10}$/.test(random) || Number(random) > UINT32) throw new Refusal(60025, 'random')

  const app = apps.get(Number(sdkAppId))
  if (!app) throw new Refusal(70020)
  verify(userSig, { identifier, sdkAppId: app.sdkAppId, key: app.key }, now)
  if (!app.admins.includes(identifier)) throw new Refusal(60010)
  return app
}
