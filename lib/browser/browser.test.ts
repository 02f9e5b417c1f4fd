import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Freshness } from '@/lib/contract/freshness'
import { ApiError, api, post } from './api'
import { refetchAfterMs, shouldRetry, staleMs } from './queries'
import { signIn, signOut } from './session'
import { importTasks, previewImport, putTask, undoImport } from './tasks'

const asked: { path: string; init: RequestInit | undefined }[] = []

/** Answers each request in turn and records it. */
function answer(...responses: (Response | Error)[]) {
  asked.length = 0
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push({ path, init })
    const next = responses.shift()
    if (!next || next instanceof Error) throw next ?? new Error('asked once too often')
    return next
  })
}
afterEach(() => vi.unstubAllGlobals())

const problem = (code: string, status: number, field?: string) => Response.json({ code, field }, { status })
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: ApiError) => [error.code, error.field],
  )

describe('the API', () => {
  test('returns JSON', async () => {
    answer(Response.json({ a: 1 }))
    expect(await api('/api/v1/apps')).toEqual({ a: 1 })
  })

  test('keeps code and field of a problem', async () => {
    answer(problem('bad_range', 400, 'to'))
    expect(await refusal(api('/x'))).toEqual(['bad_range', 'to'])
  })

  test('gives a foreign page a code of ours', async () => {
    answer(new Response('<h1>502</h1>', { status: 502 }), new Response('', { status: 401 }), problem('made_up', 404))
    expect(await refusal(api('/x'))).toEqual(['unavailable', undefined])
    expect(await refusal(api('/x'))).toEqual(['not_signed_in', undefined])
    expect(await refusal(api('/x'))).toEqual(['bad_request', undefined])
  })

  test('reports a failed connection as unavailable', async () => {
    answer(new TypeError('failed'))
    expect(await refusal(api('/x'))).toEqual(['unavailable', undefined])
  })

  test('sends a body as JSON', async () => {
    answer(Response.json({}))
    await post('/x', { pushId: 'a' })
    expect(asked[0]?.init).toMatchObject({ method: 'POST', body: '{"pushId":"a"}' })
    expect(new Headers(asked[0]?.init?.headers).get('content-type')).toBe('application/json')
  })
})

test('campaigns have their own paths, with the ID as one segment', async () => {
  answer(...Array.from({ length: 4 }, () => Response.json({})))
  await previewImport('1', 'x')
  await importTasks('1', 'x')
  await undoImport('1', 'u')
  await putTask('1', 'a/b?c', { label: 'L' })
  expect(asked.map(({ path, init }) => `${init?.method} ${path} ${init?.body}`)).toEqual([
    'POST /api/v1/apps/1/tasks/import {"text":"x","dryRun":true}',
    'POST /api/v1/apps/1/tasks/import {"text":"x","dryRun":false}',
    'POST /api/v1/apps/1/tasks/import/undo {"undo":"u"}',
    'PUT /api/v1/apps/1/tasks/a%2Fb%3Fc {"label":"L"}',
  ])
})

describe('signing in', () => {
  const csrf = () => Response.json({ csrfToken: 'token' })

  test('sends the form with its token', async () => {
    answer(csrf(), Response.json({ url: 'http://localhost:3000/' }))
    await signIn('pm@example.com', 'correct horse battery')
    expect(asked.map(({ path }) => path)).toEqual(['/api/auth/csrf', '/api/auth/callback/credentials'])
    expect(Object.fromEntries(asked[1]?.init?.body as URLSearchParams)).toEqual({
      email: 'pm@example.com',
      password: 'correct horse battery',
      callbackUrl: '/',
      csrfToken: 'token',
      json: 'true',
    })
  })

  test.each([
    ['bad_credentials', () => problem('bad_credentials', 401)],
    ['too_many', () => problem('too_many', 429)],
    ['unavailable', () => new Response('down', { status: 503 })],
  ])('a refusal is %s', async (code, response) => {
    answer(csrf(), response())
    expect(await refusal(signIn('a@b.c', 'x'))).toEqual([code, undefined])
  })

  test('signing out sends the token too', async () => {
    answer(csrf(), Response.json({ url: '/sign-in' }))
    await signOut()
    expect(asked[1]?.path).toBe('/api/auth/signout')
    expect(String(asked[1]?.init?.body)).toContain('csrfToken=token')
  })
})

describe('refreshing', () => {
  const waiting = (retryAfterMs: number | null): Freshness => ({
    state: 'pending',
    place: 3,
    etaMs: 4_000,
    retryAfterMs,
    problem: null,
  })

  test('follows the server while something waits, at most twice a second', () => {
    expect(refetchAfterMs(waiting(3_000), 60_000)).toBe(3_000)
    expect(refetchAfterMs(waiting(10), 60_000)).toBe(500)
    expect(refetchAfterMs(waiting(null), false)).toBe(2_000)
  })

  test('slows down once the data is fresh', () => {
    expect(refetchAfterMs({ ...waiting(1), state: 'fresh' }, 60_000)).toBe(60_000)
    expect(refetchAfterMs({ ...waiting(1), state: 'fresh' }, false)).toBe(false)
    expect(refetchAfterMs(undefined, 60_000)).toBe(60_000)
  })

  test('starts at once when stored data was not fresh', () => {
    expect(staleMs(waiting(3_000))).toBe(0)
    expect(staleMs({ ...waiting(1), state: 'fresh' })).toBe(60_000)
  })

  test('stops for a final answer, even when people return to the page', () => {
    const final: Freshness = { ...waiting(null), state: 'final' }
    expect([refetchAfterMs(final, 60_000), refetchAfterMs(final, false)]).toEqual([false, false])
    expect(staleMs(final)).toBe(Number.POSITIVE_INFINITY)
  })

  test('does not retry a refusal, and retries a lost connection twice', () => {
    expect(shouldRetry(0, new ApiError('forbidden'))).toBe(false)
    expect(shouldRetry(0, new ApiError('unavailable'))).toBe(true)
    expect(shouldRetry(2, new ApiError('unavailable'))).toBe(false)
  })
})
