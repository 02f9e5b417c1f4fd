import 'server-only'

export const DEVICE_LIFE_S = 180 * 86_400

/** `__Host-` binds a cookie to this host over https. Plain http on a loopback address can't use it. */
export function sessionCookie(publicUrl: URL) {
  const secure = publicUrl.protocol === 'https:'
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const
  return { name: secure ? '__Host-pl' : 'pl', options }
}

/** Its name must not begin with the session cookie's name: next-auth joins all cookies whose names do. */
export function deviceCookie(publicUrl: URL) {
  const { options } = sessionCookie(publicUrl)
  const name = options.secure ? '__Host-pushlens-device' : 'pushlens-device'
  return { name, options: { ...options, maxAge: DEVICE_LIFE_S } }
}

/** Returns the `Set-Cookie` line of a device cookie. */
export function setDeviceCookie(publicUrl: URL, value: string): string {
  const { name, options } = deviceCookie(publicUrl)
  return `${name}=${value}; Path=/; Max-Age=${options.maxAge}; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`
}
