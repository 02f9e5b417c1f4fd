import 'server-only'
import tls from 'tls-sig-api-v2'

/**
 * Tencent's own signing library, which comes without types. `expire` is in seconds and has no default there; the time
 * of signing is the system clock's.
 * @type {new (sdkAppId: number, key: string) => { genUserSig(userId: string, expire: number): string }}
 */
export const TlsSigApi = tls.Api
