import 'server-only'
import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth, { type AuthOptions } from 'next-auth'

export interface AuthCall {
  method: 'GET' | 'POST'
  /** What follows `/api/auth/`. */
  path: string[]
  query?: Record<string, string>
  body?: Record<string, string>
  cookies: Record<string, string>
}
/** What next-auth answers. `location` is where it sends the browser; null if nowhere. */
export interface AuthAnswer {
  body: unknown
  location: string | null
  setCookies: string[]
}

/**
 * Calls next-auth with exactly these values, and nothing else of the request. In the form for page handlers it reads no
 * header, so a forwarded host cannot reach it.
 */
export async function callNextAuth(options: AuthOptions, call: AuthCall): Promise<AuthAnswer> {
  const { method, path, query = {}, body = {}, cookies } = call
  const answer: AuthAnswer = { body: null, location: null, setCookies: [] }
  const request = { method, body, cookies, headers: {}, query: { ...query, nextauth: path } }
  const response = {
    status: () => response,
    getHeader: () => answer.setCookies,
    setHeader(name: string, value: string | string[]) {
      if (name === 'Set-Cookie') answer.setCookies = [value].flat()
      if (name === 'Location') answer.location = String(value)
      return response
    },
    send: (sent: unknown) => Object.assign(answer, { body: sent }),
    json: (sent: unknown) => Object.assign(answer, { body: sent }),
    end: () => undefined,
  }
  // The two objects have all that next-auth uses of them.
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, options)
  return answer
}
