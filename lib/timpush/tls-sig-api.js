import 'server-only'
import tls from 'tls-sig-api-v2'

/**
 * Tencent's signing library, which has no types. `expire` is in seconds and has no default. It signs with the system
 * clock.
 * @type {new (sdkAppId: number, key: string) => { genUserSig(userId: string, expire: number): string }}
 */
export const TlsSigApi = tls.Api
