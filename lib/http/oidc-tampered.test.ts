import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { HOME, type OidcSetup, oidcSetup, problem } from './testing/oidc-setup'

/** What the provider sends back through the browser, changed on the way: refused, and nobody is signed in. */
let setup: OidcSetup
beforeAll(async () => {
  setup = await oidcSetup()
})
afterAll(() => setup.end())
beforeEach(() => setup.configure({}))

test('its state is another, missing, or of another browser', async () => {
  const { own, other, back, backOfOther } = await setup.answered('fay')
  const changed = new URL(back)
  changed.searchParams.set('state', 'x'.repeat(43))
  const without = new URL(back)
  without.searchParams.delete('state')
  const twice = new URL(back)
  twice.searchParams.append('state', 'x'.repeat(43))
  const jar = [...own.jar]
  for (const address of [changed, without, twice, backOfOther]) {
    for (const [name, value] of jar) own.jar.set(name, value)
    expect((await own.finish(address)).location).toBe(problem('invalid'))
  }
  expect((await setup.open().finish(back)).location).toBe(problem('invalid'))
  expect(await own.who()).toEqual({ kind: 'anonymous' })
  expect((await other.finish(backOfOther)).location).toBe(HOME)
})

test.each(['nonce', 'verifier', 'state'])('the %s cookie is that of another attempt', async (check) => {
  const { own, other, back } = await setup.answered('gil')
  const name = `__Host-pushlens-oidc-${check}`
  own.jar.set(name, other.jar.get(name) ?? '')
  expect((await own.finish(back)).location).toBe(problem('invalid'))
  expect(await own.who()).toEqual({ kind: 'anonymous' })
})

test.each(['https://evil.example', ''])('it names the issuer “%s”', async (issuer) => {
  const { own, back } = await setup.answered('hal')
  if (issuer === '') back.searchParams.delete('iss')
  else back.searchParams.set('iss', issuer)
  expect((await own.finish(back)).location).toBe(problem('invalid'))
  expect(await own.who()).toEqual({ kind: 'anonymous' })
})

test('its code was used before, also with the cookies of the first time', async () => {
  const { own, back } = await setup.answered('ivy')
  const jar = new Map(own.jar)
  expect((await own.finish(back)).location).toBe(HOME)
  const thief = setup.open()
  for (const [name, value] of jar) thief.jar.set(name, value)
  expect((await thief.finish(back)).location).toBe(problem('invalid'))
  expect(await thief.who()).toEqual({ kind: 'anonymous' })
  expect((await own.finish(back)).location).toBe(problem('invalid'))
})

test('its code is that of another attempt', async () => {
  const { own, back, backOfOther } = await setup.answered('jon')
  back.searchParams.set('code', backOfOther.searchParams.get('code') ?? '')
  expect((await own.finish(back)).location).toBe(problem('invalid'))
})

test('it has an ID token instead of a code', async () => {
  const { own, back } = await setup.answered('kai')
  back.searchParams.delete('code')
  back.searchParams.set('id_token', 'eyJhbGciOiJub25lIn0.e30.')
  expect((await own.finish(back)).location).toBe(problem('invalid'))
})

test('a foreign Host changes nothing about where it leads', async () => {
  const { own, back } = await setup.answered('lee')
  const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example' }
  const { reply, location } = await own.finish(back, evil)
  expect(location).toBe(HOME)
  expect([...reply.headers].join()).not.toContain('evil')
})
