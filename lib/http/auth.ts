import 'server-only'
import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import type { z } from 'zod'
import { deviceCookie, sessionCookie } from '@/lib/access/cookies'
import { type AuthVisit, isAuthAction, nextAuthOptions } from '@/lib/access/next-auth-options'
import { isLocalSignInOpen } from '@/lib/access/sign-in/local-sign-in'
import { context, type Running } from '@/lib/context'
import { signInBody, signOutBody } from '@/lib/contract/access/sign-in'
import { PushlensError } from '@/lib/contract/errors'
import { addressOf } from './address'
import { formOf } from './input'
import { cookieOf } from './principal'
import { isExpected, problem } from './respond'
import { noteUntrustedProxy } from './untrusted-proxy'

type Params = { params: Promise<{ nextauth: string[] }> }

/** Lets next-auth sign people in and out. The replies are plain JSON, with a status that says what happened. */
export async function authRoute(request: Request, { params }: Params): Promise<Response> {
  const { nextauth } = await params
  if (!isAuthAction(request.method, nextauth)) return problem(new PushlensError('not_found', 'unknown sign-in action'))
  const running = await context()
  try {
    if (nextauth[0] === 'callback' && !(await isLocalSignInOpen(running.access, running.localSignIn))) {
      throw new PushlensError('local_sign_in_off', 'people may not sign in with a password')
    }
    await noteUntrustedProxy(running, request)
    return await answerOf(running, await checked(request, nextauth), nextauth)
  } catch (error) {
    if (!isExpected(error)) running.log.error({ err: error, action: nextauth[0] }, 'a sign-in request failed')
    return problem(error)
  }
}

async function answerOf(running: Running, request: Request, nextauth: string[]): Promise<Response> {
  const { options, outcome } = nextAuthOptions(
    { ...running.access, publicUrl: running.publicUrl, log: (code) => running.log.warn({ code }, 'next-auth') },
    visitOf(running, request),
  )
  const answer: Response = await NextAuth(options)(request, { params: { nextauth } })
  if (outcome.error) throw outcome.error.code === 'internal' ? (outcome.error.cause ?? outcome.error) : outcome.error
  if (nextauth[0] === 'callback' && outcome.personId === null) {
    throw new PushlensError('bad_request', 'the sign-in has no CSRF token')
  }
  for (const cookie of outcome.setCookies) answer.headers.append('set-cookie', cookie)
  return answer
}

/**
 * Returns the request as next-auth may see it, with a body of the expected fields alone. Throws `bad_request`, `not_json`
 * or `too_large`, without a word of the body: it may be a password.
 */
async function checked(request: Request, [action]: string[]): Promise<NextRequest> {
  const { url, method } = request
  if (method !== 'POST') return new NextRequest(url, { headers: request.headers })
  const fields = await parse(action === 'signout' ? signOutBody : signInBody, request)
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const headers = new Headers(request.headers)
  headers.set('content-type', 'application/x-www-form-urlencoded')
  headers.delete('content-length')
  return new NextRequest(url, { method, headers, body: new URLSearchParams(given) })
}

async function parse<S extends z.ZodType>(schema: S, request: Request): Promise<z.output<S>> {
  const parsed = schema.safeParse(await formOf(request))
  if (parsed.success) return parsed.data
  throw new PushlensError('bad_request', 'the sign-in form is incomplete or has unknown fields')
}

function visitOf({ publicUrl }: Running, request: Request): AuthVisit {
  const cookies = request.headers.get('cookie')
  return {
    address: addressOf(request.headers),
    agent: request.headers.get('user-agent') ?? '',
    session: cookieOf(cookies, sessionCookie(publicUrl).name),
    device: cookieOf(cookies, deviceCookie(publicUrl).name),
  }
}
