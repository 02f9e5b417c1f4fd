import { expect, test } from 'vitest'
import { accessEnv } from '@/lib/access/testing/access-env'
import { apps } from '@/lib/store/people/apps'
import { shares } from '@/lib/store/people/shares'
import { describeStores } from '@/lib/store/testing/database'
import { newApp } from '@/lib/store/testing/rows'
import { dose, figure } from '@/lib/testing/dose'
import { openShare } from './open-share'
import { hashSecret, newSecret, newShareId } from './secret'

const PASSWORD = 'violet anchor tundra'
const ROUNDS = dose(3, 150)
/** In `npm test` no time can fail. The proof allows a tenth with a password hash, and half a millisecond without. */
const NOISE = dose(Number.POSITIVE_INFINITY, 0.1)
const NOISE_MS = dose(Number.POSITIVE_INFINITY, 0.5)

/** The lower quartile: other work of the machine only adds time. */
const quartile = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? 0

describeStores('refusals of links', ({ kind, open }) => {
  async function withLinks() {
    const db = await open()
    const env = accessEnv(db)
    const { deps } = env
    await env.add('outsider')
    await apps(db).upsert(newApp({ id: 'game', sdkAppId: 1 }))
    const store = { shares: shares(db), apps: apps(db) }
    const nowS = Math.floor(deps.clock.wallMs() / 1_000)
    const hash = await deps.passwords.hash(PASSWORD)
    const make = async (over: object = {}) => {
      const [id, secret] = [newShareId(), newSecret().reveal()]
      await store.shares.create({
        ...{ id, app_id: 'game', secret_hash: hashSecret(deps.master, secret), name: 'n', picture: 0, origins: '[]' },
        ...{ content: '{}', owner: 'person:id-outsider', created_at: nowS, ends_at: nowS + 40_000_000, ...over },
      })
      return { id, secret }
    }
    const [plain, revoked, locked] = [await make(), await make({ revoked_at: 1 }), await make({ password_hash: hash })]
    const orphaned = await make({ owner: 'person:nobody' })
    const refused = (link: { id: string; secret: string }, password: string | null) => async () => {
      env.advance(86_401)
      const visit = { ...link, pass: null, password, address: '192.0.2.7' }
      expect((await openShare({ ...deps, ...store }, visit)).opened).toBeNull()
    }
    const unknown = { id: newShareId(), secret: plain.secret }
    const wrong = { id: plain.id, secret: newSecret().reveal() }
    return { refused, links: { unknown, revoked, orphaned, 'wrong secret': wrong }, locked }
  }

  async function timesOf(kinds: [string, () => Promise<unknown>][]): Promise<[string, number][]> {
    const times = new Map(kinds.map(([name]) => [name, [] as number[]]))
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, run] of kinds) {
        const began = performance.now()
        await run()
        times.get(name)?.push(performance.now() - began)
      }
    }
    return kinds.map(([name]) => [name, quartile(times.get(name) ?? [])])
  }

  function record(what: string, typical: [string, number][]): number[] {
    const text = typical.map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`).join(', ')
    figure(what, `${what}: ${text} (lower quartile of ${ROUNDS})`)
    return typical.map(([, ms]) => ms)
  }

  test('take the same time without a password', { timeout: 600_000 }, async () => {
    const { refused, links } = await withLinks()
    const typical = await timesOf(Object.entries(links).map(([name, link]) => [name, refused(link, null)]))
    const all = record(`Refused links on ${kind}`, typical)
    expect(Math.max(...all) - Math.min(...all)).toBeLessThan(NOISE_MS)
  })

  test('take the same time with a password', { timeout: 600_000 }, async () => {
    const { refused, links, locked } = await withLinks()
    const tried = { ...links, 'wrong password': locked }
    const typical = await timesOf(
      Object.entries(tried).map(([name, link]) => [name, refused(link, 'not the password')]),
    )
    const all = record(`Refused links with a password on ${kind}`, typical)
    expect(Math.max(...all) / Math.min(...all) - 1).toBeLessThan(NOISE)
  })
})
