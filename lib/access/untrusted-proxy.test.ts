import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { accessEnv } from './testing/access-env'
import { forgetUntrusted, noteUntrusted, untrustedProxyAt } from './untrusted-proxy'

describeStores('an untrusted proxy', ({ open }) => {
  test('is logged at most once an hour, shown for a day, and forgotten when proxies are trusted', async () => {
    const { deps, advance } = accessEnv(await open())
    const nowS = () => Math.floor(deps.clock.wallMs() / 1_000)
    expect(await untrustedProxyAt(deps)).toBeNull()
    expect([await noteUntrusted(deps), await noteUntrusted(deps)]).toEqual([true, false])
    const first = nowS()
    advance(3_599)
    expect([await noteUntrusted(deps), await untrustedProxyAt(deps)]).toEqual([false, first])
    advance(1)
    expect([await noteUntrusted(deps), await untrustedProxyAt(deps)]).toEqual([true, nowS()])
    advance(86_400)
    expect(await untrustedProxyAt(deps)).toBeNull()
    await noteUntrusted(deps)
    await forgetUntrusted(deps)
    expect(await untrustedProxyAt(deps)).toBeNull()
  })
})
