import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { PushlensError } from '@/lib/contract/errors'
import { describeStores } from '@/lib/store/testing/database'
import { setRequiredRoles } from './second-factor/required-roles'
import {
  endAllSessions,
  endSession,
  findDueSession,
  findSession,
  finishSession,
  sessionsOf,
  startSession,
} from './sessions'
import { accessEnv } from './testing/access-env'

const VISIT = { address: '192.0.2.7', agent: 'Browser 1' }
const HOUR = 3_600
const DAY = 24 * HOUR

describeStores('sessions', ({ open }) => {
  async function signedIn() {
    const env = accessEnv(await open())
    await env.add('pm')
    const id = (await startSession(env.deps, 'id-pm', VISIT)).reveal()
    return { ...env, id, find: () => findSession(env.deps, id) }
  }

  test('an id finds its session and person', async () => {
    const { find } = await signedIn()
    expect(await find()).toEqual({
      idHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      personId: 'id-pm',
      name: 'pm',
      email: 'pm@example.com',
    })
  })

  test('an id is 32 random bytes and is stored only as a hash', async () => {
    const { deps, db, id } = await signedIn()
    expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const ids = await Promise.all(Array.from({ length: 20 }, () => startSession(deps, 'id-pm', VISIT)))
    expect(new Set(ids.map((secret) => secret.reveal())).size).toBe(20)
    expect(inspect(ids)).not.toContain(ids[0]?.reveal())
    const rows = JSON.stringify(await db.selectFrom('sessions').selectAll().execute())
    for (const secret of ids) expect(rows).not.toContain(secret.reveal())
  })

  test('a person who is removed during the sign-in is refused like an unknown one', async () => {
    const { deps } = await signedIn()
    const refused = startSession(deps, 'id-removed', VISIT)
    await expect(refused).rejects.toMatchObject({ code: 'bad_credentials' })
  })

  test('12 idle hours end a session, a moment less does not', async () => {
    const { find, advance } = await signedIn()
    advance(12 * HOUR - 1)
    expect(await find()).not.toBeNull()
    advance(12 * HOUR)
    expect(await find()).toBeNull()
  })

  test('7 days end a session however active it was', async () => {
    const { find, advance } = await signedIn()
    for (let hour = 6; hour < 7 * 24; hour += 6) {
      advance(6 * HOUR)
      expect(await find()).not.toBeNull()
    }
    advance(6 * HOUR - 1)
    expect(await find()).not.toBeNull()
    advance(1)
    expect(await find()).toBeNull()
  })

  test('a full disk signs nobody out, and any other failure is thrown', async () => {
    const { deps, id, advance } = await signedIn()
    advance(HOUR)
    const failing = (error: Error) => ({ ...deps.sessions, touch: () => Promise.reject(error) })
    const full = new PushlensError('storage_full', 'no room')
    expect(await findSession({ ...deps, sessions: failing(full) }, id)).not.toBeNull()
    await expect(findSession({ ...deps, sessions: failing(new Error('broken')) }, id)).rejects.toThrow('broken')
  })

  test('the last use is written once a minute', async () => {
    const { find, advance, db } = await signedIn()
    const seen = async () => (await db.selectFrom('sessions').select('seen_at').executeTakeFirstOrThrow()).seen_at
    const start = await seen()
    advance(59)
    await find()
    expect(await seen()).toBe(start)
    advance(1)
    await find()
    expect(await seen()).toBe(start + 60)
    advance(30)
    await find()
    expect(await seen()).toBe(start + 60)
  })

  test('ending one session takes effect at once, for that one only', async () => {
    const { deps, id, find } = await signedIn()
    const other = (await startSession(deps, 'id-pm', VISIT)).reveal()
    await endSession(deps, id)
    expect(await find()).toBeNull()
    expect(await findSession(deps, other)).not.toBeNull()
  })

  test("all sessions of a person end together, and nobody else's", async () => {
    const { deps, find, add } = await signedIn()
    await add('support')
    await startSession(deps, 'id-pm', VISIT)
    const other = (await startSession(deps, 'id-support', VISIT)).reveal()
    expect(await endAllSessions(deps, 'id-pm')).toBe(2)
    expect(await find()).toBeNull()
    expect(await sessionsOf(deps, 'id-pm')).toEqual([])
    expect(await findSession(deps, other)).not.toBeNull()
  })

  test('a disabled person is signed out at once', async () => {
    const { db, find } = await signedIn()
    await db.updateTable('people').set({ disabled_at: 1 }).execute()
    expect(await find()).toBeNull()
  })

  test('invalid ids find nothing and cause no error', async () => {
    const { deps, find, id } = await signedIn()
    const near = [`${id}\n`, ` ${id}`, id.slice(1), `${id}A`]
    const far = ['', 'x', 'x'.repeat(43), 'ä'.repeat(43), "' or 1=1 --", 'x'.repeat(1_000_000)]
    for (const junk of [...near, ...far]) {
      expect(await findSession(deps, junk)).toBeNull()
      await endSession(deps, junk)
    }
    expect(await find()).not.toBeNull()
  })

  test("the hash of an id can't be used as an id", async () => {
    const { deps, find } = await signedIn()
    expect(await findSession(deps, (await find())?.idHash ?? '')).toBeNull()
  })

  test('a person sees their active sessions, newest first, with address and browser', async () => {
    const { deps, advance, id } = await signedIn()
    advance(60)
    const agent = 'x'.repeat(1_000)
    await startSession(deps, 'id-pm', { address: '2001:db8::1', agent })
    const ended = (await startSession(deps, 'id-pm', VISIT)).reveal()
    await endSession(deps, ended)
    const list = await sessionsOf(deps, 'id-pm')
    expect(list.map((session) => session.address)).toEqual(['2001:db8::1', '192.0.2.7'])
    expect(list[0]?.agent).toHaveLength(200)
    expect((list[0]?.expiresAt ?? 0) - (list[0]?.createdAt ?? 0)).toBe(7 * DAY)
    expect(JSON.stringify(list)).not.toContain(id)
  })

  test('expired sessions are deleted when someone signs in', async () => {
    const { deps, advance, db } = await signedIn()
    advance(7 * DAY + 1)
    await startSession(deps, 'id-pm', VISIT)
    expect(await db.selectFrom('sessions').selectAll().execute()).toHaveLength(1)
  })

  test('a person whose role needs a second factor gets a session that opens nothing until it is set up', async () => {
    const { deps, add } = accessEnv(await open())
    await add('support', 'violet anchor tundra')
    await setRequiredRoles(deps, ['support', 'admin'])
    const id = (await startSession(deps, 'id-support', VISIT)).reveal()
    expect(await findSession(deps, id)).toBeNull()
    const due = await findDueSession(deps, id)
    expect(due).toMatchObject({ personId: 'id-support', email: 'support@example.com' })
    await finishSession(deps, due?.idHash ?? '')
    expect(await findSession(deps, id)).toMatchObject({ personId: 'id-support' })
    expect(await findDueSession(deps, id)).toBeNull()
  })

  test('the requirement spares other roles, people without a password, and open sessions', async () => {
    const { deps, add } = accessEnv(await open())
    await add('pm', 'violet anchor tundra')
    await add('admin')
    await add('support', 'violet anchor tundra')
    const before = (await startSession(deps, 'id-support', VISIT)).reveal()
    await setRequiredRoles(deps, ['support', 'admin'])
    for (const person of ['id-pm', 'id-admin']) {
      const id = (await startSession(deps, person, VISIT)).reveal()
      expect(await findSession(deps, id)).toMatchObject({ personId: person })
    }
    expect(await findSession(deps, before)).not.toBeNull()
    await setRequiredRoles(deps, [])
    const later = (await startSession(deps, 'id-support', VISIT)).reveal()
    expect(await findSession(deps, later)).not.toBeNull()
  })
})
