import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEnv } from './env'
import { problems } from './testing/env-problems'

const FULL = {
  OIDC_ISSUER: 'https://id.example.com/realms/shop',
  OIDC_CLIENT_ID: 'pushlens',
  OIDC_CLIENT_SECRET: 'canary-secret',
  OIDC_ROLE_CLAIM: 'groups',
  OIDC_ROLE_MAP: 'ops=admin',
}

describe('single sign-on', () => {
  test('is off by default, and then people sign in with a password', () => {
    expect(readEnv({})).toMatchObject({ oidc: null, localSignIn: true })
  })

  test('is read with all its variables', () => {
    const more = { OIDC_NAME: 'Keycloak', OIDC_SCOPES: 'openid  email groups', OIDC_LINK_BY_EMAIL: 'on' }
    expect(readEnv({ ...FULL, ...more, LOCAL_SIGN_IN: 'off' })).toMatchObject({
      localSignIn: false,
      oidc: {
        issuer: FULL.OIDC_ISSUER,
        clientId: 'pushlens',
        clientSecret: 'canary-secret',
        roleClaims: ['groups'],
        roleMap: [{ value: 'ops', role: 'admin', app: '*' }],
        name: 'Keycloak',
        scopes: 'openid email groups',
        linkByEmail: true,
      },
    })
  })

  test('links no accounts and asks for the usual scopes unless told otherwise', () => {
    expect(readEnv(FULL).oidc).toMatchObject({
      linkByEmail: false,
      scopes: 'openid email profile',
      emailClaim: 'email',
      name: null,
    })
  })

  test('keeps the order of the map, values with spaces and signs, and roles for one app', () => {
    const map = '/shop/ops = admin, ana@example.com=support,Level=2 staff=viewer@1400000000'
    expect(readEnv({ ...FULL, OIDC_ROLE_MAP: map }).oidc?.roleMap).toEqual([
      { value: '/shop/ops', role: 'admin', app: '*' },
      { value: 'ana@example.com', role: 'support', app: '*' },
      { value: 'Level=2 staff', role: 'viewer', app: '1400000000' },
    ])
    expect(readEnv({ ...FULL, OIDC_ROLE_CLAIM: 'hd, email' }).oidc?.roleClaims).toEqual(['hd', 'email'])
  })

  test('keeps the issuer exactly as given', () => {
    const issuer = 'https://id.example.com/application/o/pushlens/'
    expect(readEnv({ ...FULL, OIDC_ISSUER: issuer }).oidc?.issuer).toBe(issuer)
    expect(readEnv({ ...FULL, OIDC_ISSUER: 'http://127.0.0.1:8080' }).oidc?.issuer).toBe('http://127.0.0.1:8080')
  })

  test('takes the client secret from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pl-env-'))
    const file = join(folder, 'secret')
    writeFileSync(file, 'from-a-file\n')
    const { OIDC_CLIENT_SECRET: _, ...rest } = FULL
    expect(readEnv({ ...rest, OIDC_CLIENT_SECRET_FILE: file }).oidc?.clientSecret).toBe('from-a-file')
    rmSync(folder, { recursive: true })
  })

  test.each(Object.keys(FULL))('is refused without %s', (name) => {
    expect(problems({ ...FULL, [name]: '' }).join()).toContain('belong together: set all or none')
  })

  test.each([
    [{ OIDC_ISSUER: 'http://id.example.com' }, 'OIDC_ISSUER must be an https address'],
    [{ OIDC_ISSUER: 'https://me@id.example.com' }, 'OIDC_ISSUER must be an https address'],
    [{ OIDC_ISSUER: 'https://id.example.com/?a=b' }, 'OIDC_ISSUER must be an https address'],
    [{ OIDC_ISSUER: 'id.example.com' }, 'OIDC_ISSUER must be an https address'],
    [{ OIDC_ROLE_MAP: 'ops' }, 'OIDC_ROLE_MAP must look like'],
    [{ OIDC_ROLE_MAP: 'ops=owner' }, 'OIDC_ROLE_MAP must look like'],
    [{ OIDC_ROLE_MAP: 'ops=admin,=viewer' }, 'OIDC_ROLE_MAP must look like'],
    [{ OIDC_ROLE_MAP: 'ops=admin@shop' }, 'OIDC_ROLE_MAP must look like'],
    [{ OIDC_ROLE_MAP: ',' }, 'OIDC_ROLE_MAP must look like'],
    [{ OIDC_ROLE_CLAIM: ' , ' }, 'OIDC_ROLE_CLAIM must name a claim'],
    [{ OIDC_SCOPES: 'email profile' }, 'OIDC_SCOPES must contain openid'],
    [{ OIDC_LINK_BY_EMAIL: 'yes' }, 'OIDC_LINK_BY_EMAIL'],
    [{ OIDC_ROLEMAP: 'x' }, 'OIDC_ROLEMAP is not a known variable'],
    [{ LOCAL_SIGN_IN: 'no' }, 'LOCAL_SIGN_IN'],
  ])('refuses %o with a message', (changed, sentence) => {
    expect(problems({ ...FULL, ...changed }).join('\n')).toContain(sentence)
  })

  test('must be configured before the password is switched off', () => {
    expect(problems({ LOCAL_SIGN_IN: 'off' })).toEqual([
      'LOCAL_SIGN_IN=off needs OIDC_ISSUER: otherwise nobody can sign in',
    ])
  })

  test('no problem repeats a value', () => {
    expect(problems({ ...FULL, OIDC_ISSUER: 'canary', OIDC_ROLE_MAP: 'canary' }).join()).not.toContain('canary')
  })
})
