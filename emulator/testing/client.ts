import { createHmac } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { type Emulator, type EmulatorOptions, startEmulator } from '../start'

/** The app of the emulator's own tests. This client signs by Tencent's documents and shares no code with the product. */
export const APP = { sdkAppId: 1_400_187_352, key: 'a-key-for-tests-0123456789', admins: ['administrator'] }

/** Friday 20 November 2026, 16:00 at +08:00: tests see the same world on any day. */
export const ANCHOR = 1_795_161_600

export interface Claims {
  identifier?: string
  sdkAppId?: number
  key?: string
  time?: number
  expire?: number
}

export function userSig(claims: Claims = {}): string {
  const { identifier = 'administrator', sdkAppId = APP.sdkAppId, key = APP.key, expire = 86_400 } = claims
  const time = claims.time ?? Math.floor(Date.now() / 1_000)
  const content = `TLS.identifier:${identifier}\nTLS.sdkappid:${sdkAppId}\nTLS.time:${time}\nTLS.expire:${expire}\n`
  const fields = {
    'TLS.ver': '2.0',
    'TLS.identifier': identifier,
    'TLS.sdkappid': sdkAppId,
    'TLS.time': time,
    'TLS.expire': expire,
    'TLS.sig': createHmac('sha256', key).update(content).digest('base64'),
  }
  const base64 = deflateSync(JSON.stringify(fields)).toString('base64')
  return base64.replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_')
}

export function endpointUrl(base: string, endpoint: string, change: Record<string, string | null> = {}): string {
  const service = endpoint === 'query_online_status' ? 'openim' : 'timpush'
  const url = new URL(`${base}/v4/${service}/${endpoint}`)
  const query = {
    sdkappid: String(APP.sdkAppId),
    identifier: 'administrator',
    usersig: userSig(),
    random: '99999999',
    contenttype: 'json',
    ...change,
  }
  for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value)
  return url.href
}

/** Starts an emulator with the same world each time. Spacing is off by default. */
export async function startTestEmulator(options: Partial<EmulatorOptions> = {}) {
  const clockOffset = ANCHOR - Math.floor(Date.now() / 1_000)
  const emulator = await startEmulator({ apps: [APP], anchor: ANCHOR, clockOffset, spacingMs: 0, ...options })
  return { ...emulator, call: caller(emulator), control: controller(emulator) }
}

function caller({ url }: Emulator) {
  return async (endpoint: string, body: unknown) => {
    const answer = await fetch(endpointUrl(url, endpoint), { method: 'POST', body: JSON.stringify(body) })
    return answer.json()
  }
}

function controller({ controlUrl }: Emulator) {
  return async (path: string, body?: unknown) => {
    const answer = await fetch(
      controlUrl + path,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    )
    return answer.json()
  }
}
