import 'server-only'
import NextAuth from 'next-auth'
import { deviceCookie, sessionCookie } from '@/lib/access/cookies'
import { type AuthVisit, isAuthAction, nextAuthOptions } from '@/lib/access/next-auth-options'
import { isLocalSignInOpen } from '@/lib/access/sign-in/local-sign-in'
import { context, type Running } from '@/lib/context'
import { PushlensError } from '@/lib/contract/errors'
import { addressOf } from './address'
import { cookieOf } from './principal'
import { problem } from './respond'

type Params = { params: Promise<{ nextauth: string[] }> }

/** Lets next-auth sign people in and out. The replies are plain JSON, with a status that says what happened. */
export async function authRoute(request: Request, { params }: Params): Promise<Response> {
  const { nextauth } = await params
  if (!isAuthAction(request.method, nextauth)) return problem(new PushlensError('not_found', 'unknown sign-in action'))
  const running = await context()
  if (nextauth[0] === 'callback' && !(await isLocalSignInOpen(running.access, running.localSignIn))) {
    return problem(new PushlensError('local_sign_in_off', 'people may not sign in with a password'))
  }
  const { options, outcome } = nextAuthOptions(
    { ...running.access, publicUrl: running.publicUrl, log: (code) => running.log.warn({ code }, 'next-auth') },
    visitOf(running, request),
  )
  const answer: Response = await NextAuth(options)(request, { params: { nextauth } })
  if (outcome.error) {
    if (outcome.error.code === 'internal') running.log.error({ err: outcome.error }, 'a sign-in failed')
    return problem(outcome.error)
  }
  if (nextauth[0] === 'callback' && outcome.personId === null) {
    return problem(new PushlensError('bad_request', 'the sign-in has no CSRF token'))
  }
  for (const cookie of outcome.setCookies) answer.headers.append('set-cookie', cookie)
  return answer
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
