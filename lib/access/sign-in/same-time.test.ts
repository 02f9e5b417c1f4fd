import { expect, test } from 'vitest'
import { acceptCode } from '@/lib/access/second-factor/accept-code'
import { accessEnv, codeOf } from '@/lib/access/testing/access-env'
import { codeAt } from '@/lib/access/testing/authenticator'
import { describeStores } from '@/lib/store/testing/database'
import { dose, figure } from '@/lib/testing/dose'
import { confirmSecondFactor, startSecondFactor } from './change-second-factor'
import { signIn } from './sign-in'

const PASSWORD = 'violet anchor tundra'
const SELF = { id: 'id-pm', email: 'pm@example.com' }
const ROUNDS = dose(3, 150)
/** In `npm test` no time can fail. The proof allows a tenth. */
const NOISE = dose(Number.POSITIVE_INFINITY, 0.1)

/** The lower quartile: other work of the machine only adds time. */
const quartile = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? 0

/** Times each kind in turn, so that a busy moment of the machine meets all of them. */
async function timesOf<K extends string>(kinds: Record<K, () => Promise<unknown>>): Promise<[K, number][]> {
  const names = Object.keys(kinds) as K[]
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) {
      const began = performance.now()
      await kinds[name]()
      times.get(name)?.push(performance.now() - began)
    }
  }
  return names.map((name) => [name, quartile(times.get(name) ?? [])])
}

function compare(what: string, typical: [string, number][]) {
  const all = typical.map(([, ms]) => ms)
  figure(
    what,
    `${what}: ${typical.map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join(', ')} (lower quartile of ${ROUNDS})`,
  )
  expect(Math.max(...all) / Math.min(...all) - 1).toBeLessThan(NOISE)
}

describeStores('refusals', ({ kind, open }) => {
  async function withPeople() {
    const env = accessEnv(await open())
    await env.add('pm', PASSWORD)
    await env.add('support', PASSWORD)
    const secret = (await startSecondFactor(env.deps, SELF, { password: PASSWORD, code: null })).reveal()
    await confirmSecondFactor(env.deps, SELF, codeAt(secret, env.deps.clock.wallMs()))
    return env
  }

  test('take the same time for unknown people, wrong passwords, and people with a second factor', {
    timeout: 600_000,
  }, async () => {
    const { deps, advance } = await withPeople()
    const refused = (email: string) => async () => {
      advance(86_401)
      expect(await codeOf(signIn(deps, { email, password: 'wrong', address: '192.0.2.7', device: null }))).toBe(
        'bad_credentials',
      )
    }
    const typical = await timesOf({
      unknown: refused('nobody@example.com'),
      'wrong password': refused('support@example.com'),
      'wrong password, with a second factor': refused(SELF.email),
    })
    compare(`Refused sign-ins on ${kind}`, typical)
  })

  test('take the same time for wrong codes and wrong recovery codes after the password', {
    timeout: 600_000,
  }, async () => {
    const { deps, advance } = await withPeople()
    const refused = (code: string) => async () => {
      advance(86_401)
      const attempt = { ...SELF, password: PASSWORD, code, address: '192.0.2.7', device: null }
      expect(await codeOf(signIn(deps, attempt))).toBe('bad_code')
    }
    expect(await acceptCode(deps, SELF.id, '7777-7777-7777-7777')).toBeNull()
    const typical = await timesOf({
      'six digits': refused('000000'),
      'a recovery code': refused('7777-7777-7777-7777'),
      neither: refused('x'),
    })
    compare(`Refused codes on ${kind}`, typical)
  })
})
