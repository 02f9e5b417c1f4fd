import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPerson } from '@/lib/access/sign-in/add-person'
import { openLocalSignIn } from '@/lib/access/sign-in/local-sign-in'
import { CLIENT_ID, CLIENT_SECRET, startProvider } from '@/lib/testing/oidc-provider/start'
import { authRoute } from './auth'
import { CALLBACK, claimsOf, HOME, type OidcSetup, ORIGIN, oidcSetup, problem } from './testing/oidc-setup'

let setup: OidcSetup
beforeAll(async () => {
  setup = await oidcSetup()
})
afterAll(() => setup.end())
beforeEach(() => setup.configure({}))

const open = () => setup.open()

/** Returns actor, action, and the problem or roles of the newest audit entries. */
async function audited() {
  const { items } = await setup.running.ctx.store.audit.list({ limit: 5 })
  return items.map(({ actor, action, detail }) => [actor.replace(/:.*/, ''), action, detail.problem ?? detail.roles])
}

describe('signing in', () => {
  test('adds a new person with the role of the claim, and opens the page that was asked for', async () => {
    await setup.provider.people(claimsOf('ana', 'support', 'staff'))
    const browser = open()
    expect(await browser.signIn('ana', '/losses?source=task')).toBe(`${ORIGIN}/losses?source=task`)
    expect(await browser.who()).toMatchObject({ email: 'ana@example.com', grants: [{ app: '*', role: 'support' }] })
    expect(await audited()).toContainEqual(['single sign-on', 'person.add', undefined])
    expect((await audited())[0]).toEqual(['person', 'sign_in', undefined])
  })

  test('gives the session cookie of every sign-in, and takes the cookies of the checks back', async () => {
    await setup.provider.people(claimsOf('ben', 'staff'))
    const browser = open()
    const { leadsTo } = await browser.start()
    const checks = [...browser.jar.keys()]
    expect(checks.sort()).toEqual(['next', 'nonce', 'state', 'verifier'].map((name) => `__Host-pushlens-oidc-${name}`))
    const { reply } = await browser.finish(await browser.atProvider(leadsTo ?? '', 'ben'))
    const session = reply.headers.getSetCookie().find((line) => line.startsWith('__Host-pl='))
    expect(session).toMatch(/^__Host-pl=[A-Za-z0-9_-]{43}; /)
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(session).toContain(part)
    expect([...browser.jar.keys()].filter((name) => /state|nonce|verifier/.test(name))).toEqual([])
  })

  test('asks the provider with PKCE, state and nonce, and with our own address whatever the Host says', async () => {
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
    const { leadsTo } = await open().start('/', evil)
    const asked = Object.fromEntries(new URL(leadsTo ?? '').searchParams)
    expect(asked).toEqual({
      client_id: CLIENT_ID,
      scope: 'openid email profile',
      response_type: 'code',
      redirect_uri: CALLBACK,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^.{43}$/),
      state: expect.stringMatching(/^.{43}$/),
      nonce: expect.stringMatching(/^.{43}$/),
    })
  })

  test('takes the role anew each time, and ends the sessions of the earlier role', async () => {
    await setup.provider.people(claimsOf('cho', 'ops'))
    const [earlier, later] = [open(), open()]
    await earlier.signIn('cho')
    expect(await earlier.who()).toMatchObject({ grants: [{ app: '*', role: 'admin' }] })
    await setup.provider.people(claimsOf('cho', 'staff'))
    await later.signIn('cho')
    expect(await later.who()).toMatchObject({ grants: [{ app: '*', role: 'viewer' }] })
    expect(await earlier.who()).toEqual({ kind: 'anonymous' })
    expect(await audited()).toContainEqual(['single sign-on', 'person.role', '*:viewer'])
  })

  test('is refused without the claim: nobody is added, and whoever lost every role is signed out', async () => {
    await setup.provider.people({ ...claimsOf('dan'), ...claimsOf('eve', 'staff') })
    expect(await open().signIn('dan')).toBe(problem('no_role'))
    expect(await setup.running.access.people.byEmail('dan@example.com')).toBeNull()
    const browser = open()
    await browser.signIn('eve')
    await setup.provider.people(claimsOf('eve', 'unknown group'))
    expect(await open().signIn('eve')).toBe(problem('no_role'))
    expect(await browser.who()).toEqual({ kind: 'anonymous' })
    expect((await audited())[0]).toEqual(['anonymous', 'sign_in.failed', 'no_role'])
  })

  test('never leads to another site', async () => {
    await setup.provider.people(claimsOf('ana', 'staff'))
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      expect(await open().signIn('ana', next)).toBe(HOME)
    }
  })
})

describe('the provider', () => {
  test('must name itself as configured', async () => {
    const liar = await startProvider(CALLBACK, 'http://127.0.0.1:9')
    await liar.people(claimsOf('max', 'ops'))
    setup.configure({ issuer: liar.address })
    const browser = open()
    const { leadsTo } = await browser.start()
    // Everything else of its answer fits together: the document, the address and the ID token name the same issuer.
    expect((await browser.finish(await browser.atProvider(leadsTo ?? '', 'max'))).location).toBe(problem('invalid'))
    expect(JSON.stringify(setup.logged.at(-1))).toContain('another issuer in the discovery document')
    await liar.stop()
  })

  test('may refuse or be cancelled', async () => {
    const browser = open()
    const { leadsTo } = await browser.start()
    expect((await browser.finish(await browser.atProvider(leadsTo ?? '', ''))).location).toBe(problem('refused'))
  })

  test('may be down: the person reads it, and the log says why', async () => {
    setup.configure({ issuer: 'http://127.0.0.1:9' })
    const { reply } = await open().start()
    expect([reply.status, reply.headers.get('location')]).toEqual([303, problem('unreachable')])
    expect(JSON.stringify(setup.logged.at(-1))).toContain('ECONNREFUSED')
  })
})

describe('a person with a password', () => {
  const add = (name: string) => {
    const given = { email: `${name}@example.com`, name, password: 'a lighthouse keeps no secrets 9' }
    return addPerson(setup.running.access, given, [{ app: '*', role: 'editor' }])
  }

  test('is not linked unless the administrator allows it and the provider has verified the address', async () => {
    await add('nia')
    await setup.provider.people(claimsOf('nia', 'staff'))
    expect(await open().signIn('nia')).toBe(problem('not_linked'))
    setup.configure({ linkByEmail: true })
    await setup.provider.people({ nia: { ...claimsOf('nia', 'staff').nia, email_verified: false } })
    expect(await open().signIn('nia')).toBe(problem('not_linked'))
    const { nia } = claimsOf('nia', 'staff')
    await setup.provider.people({ nia: { name: nia?.name, email: nia?.email, groups: nia?.groups } })
    expect(await open().signIn('nia')).toBe(problem('not_linked'))
  })

  test('is linked by a verified address where that is allowed, and stays linked', async () => {
    const id = await add('oki')
    await setup.provider.people(claimsOf('oki', 'staff'))
    setup.configure({ linkByEmail: true })
    expect(await open().signIn('oki')).toBe(HOME)
    setup.configure({ linkByEmail: false })
    const browser = open()
    expect(await browser.signIn('oki')).toBe(HOME)
    expect(await browser.who()).toMatchObject({ id, grants: [{ app: '*', role: 'viewer' }] })
  })
})

test('the button is pressed on our own pages only', async () => {
  for (const origin of ['https://evil.example', 'null', '']) {
    const { reply, leadsTo } = await open().start('/', { origin })
    expect([reply.status, leadsTo, reply.headers.getSetCookie()]).toEqual([403, null, []])
  }
})

test('a password is refused while LOCAL_SIGN_IN is off, and accepted again after the command line opened it', async () => {
  setup.configure({}, { localSignIn: false })
  const post = async () => {
    const request = new Request(`${ORIGIN}/api/auth/callback/credentials`, { method: 'POST' })
    const params = Promise.resolve({ nextauth: ['callback', 'credentials'] })
    return authRoute(request, { params })
  }
  const refused = await post()
  expect([refused.status, (await refused.json()).code]).toEqual([403, 'local_sign_in_off'])
  await openLocalSignIn(setup.running.access, 60)
  // It now gets as far as the check of its body, and it has none.
  expect((await post()).status).toBe(415)
  await openLocalSignIn(setup.running.access, 0)
})

test('neither log nor pages have the client secret, a code or a token', async () => {
  const { own, back } = await setup.answered('pam')
  const code = back.searchParams.get('code') ?? '?'
  const { reply } = await own.finish(back)
  await own.finish(back)
  const shown = JSON.stringify(setup.logged) + [...reply.headers].join() + (await reply.text())
  expect(shown).not.toContain(CLIENT_SECRET)
  expect(shown).not.toContain(code)
  expect(shown).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{40}/)
  const rows = JSON.stringify(await setup.running.ctx.store.audit.list({ limit: 500 }))
  expect(rows).not.toContain('example.com')
})
