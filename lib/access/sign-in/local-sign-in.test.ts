import { expect, test } from 'vitest'
import { accessEnv } from '@/lib/access/testing/access-env'
import { describeStores } from '@/lib/store/testing/database'
import { isLocalSignInOpen, openLocalSignIn } from './local-sign-in'

describeStores('sign-in with a password', ({ open }) => {
  test('is open or closed as the environment says', async () => {
    const { deps } = accessEnv(await open())
    expect(await isLocalSignInOpen(deps, true)).toBe(true)
    expect(await isLocalSignInOpen(deps, false)).toBe(false)
  })

  test('is opened for a while by the command line, and closes by itself', async () => {
    const env = accessEnv(await open())
    await openLocalSignIn(env.deps, 60)
    env.advance(3_599)
    expect(await isLocalSignInOpen(env.deps, false)).toBe(true)
    env.advance(1)
    expect(await isLocalSignInOpen(env.deps, false)).toBe(false)
    const { items } = await env.audit.list({ limit: 1 })
    expect(items).toMatchObject([{ actor: 'command line', action: 'sign_in.open', detail: { minutes: 60 } }])
  })

  test('is closed early with 0 minutes', async () => {
    const { deps } = accessEnv(await open())
    await openLocalSignIn(deps, 60)
    await openLocalSignIn(deps, 0)
    expect(await isLocalSignInOpen(deps, false)).toBe(false)
  })
})
