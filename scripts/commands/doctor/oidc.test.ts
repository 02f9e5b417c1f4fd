import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnv } from '@/lib/env'
import { type ProviderProcess, startProvider } from '@/lib/testing/oidc-provider/start'
import { signInProvider } from './oidc'

let provider: ProviderProcess
beforeAll(async () => {
  provider = await startProvider('https://push.example.com/api/auth/callback/oidc')
})
afterAll(() => provider.stop())

const check = (issuer: string) =>
  signInProvider(
    readEnv({
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'pushlens',
      OIDC_CLIENT_SECRET: 'x',
      OIDC_ROLE_CLAIM: 'groups',
      OIDC_ROLE_MAP: 'ops=admin',
    }),
  )

test('doctor says nothing where single sign-on is off', async () => {
  expect(await signInProvider(readEnv({}))).toEqual([])
})

test('doctor finds the provider', async () => {
  const { host } = new URL(provider.address)
  expect(await check(provider.address)).toEqual([`ok   the sign-in provider ${host} describes itself`])
})

test('doctor finds an issuer that is not exact, another page, and a provider that is down', async () => {
  expect(await check(`${provider.address}/`)).toEqual([
    `bad  the sign-in provider calls itself ${provider.address}: set OIDC_ISSUER to exactly that`,
  ])
  expect(await check(`${provider.address}/elsewhere`)).toEqual([
    `bad  ${provider.address}/elsewhere/.well-known/openid-configuration is no discovery document (status 404)`,
  ])
  expect(await check('http://127.0.0.1:9')).toEqual([
    'bad  the sign-in provider 127.0.0.1:9 is not reachable from this machine: check OIDC_ISSUER, DNS and the firewall',
  ])
})
