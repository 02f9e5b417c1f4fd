import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { accessEnv } from './testing/access-env'
import { createToken, findToken, type NewToken } from './tokens'

const NEW: NewToken = {
  name: 'backend',
  role: 'editor',
  apps: ['shop'],
  expiresAt: null,
  by: { actor: 'id-admin', address: null },
}

describeStores('tokens', ({ open }) => {
  test('the text is returned once, and the table stores a hash', async () => {
    const { deps, db } = accessEnv(await open())
    const made = await createToken(deps, NEW)
    const text = made.text.reveal()
    expect(text).toMatch(/^plk_[A-Za-z0-9_-]{43}$/)
    expect(inspect(made)).not.toContain(text.slice(4, 20))
    expect(JSON.stringify(await db.selectFrom('tokens').selectAll().execute())).not.toContain(text.slice(4, 20))
    expect(await findToken(deps, text)).toMatchObject({
      id: made.row.id,
      name: 'backend',
      role: 'editor',
      apps: '["shop"]',
    })
  })

  test('a revoked token is invalid at once', async () => {
    const { deps } = accessEnv(await open())
    const { row, text } = await createToken(deps, NEW)
    await deps.tokens.revoke(row.id, 1)
    expect(await findToken(deps, text.reveal())).toBeNull()
  })

  test('the expiry is the first second at which a token is invalid', async () => {
    const { deps, advance } = accessEnv(await open())
    const nowS = deps.clock.wallMs() / 1_000
    const { text } = await createToken(deps, { ...NEW, expiresAt: nowS + 100 })
    advance(99)
    expect(await findToken(deps, text.reveal())).not.toBeNull()
    advance(1)
    expect(await findToken(deps, text.reveal())).toBeNull()
  })

  test('the last use is written once a minute', async () => {
    const { deps, advance } = accessEnv(await open())
    const { text } = await createToken(deps, NEW)
    const start = deps.clock.wallMs() / 1_000
    const used = async () => (await deps.tokens.list())[0]?.last_used_at
    expect(await used()).toBeNull()
    for (const [wait, expected] of [
      [0, start],
      [59, start],
      [1, start + 60],
    ] as const) {
      advance(wait)
      await findToken(deps, text.reveal())
      expect(await used()).toBe(expected)
    }
  })

  test('neither its hash, nor its bare bytes, nor junk is a valid token', async () => {
    const { deps } = accessEnv(await open())
    const text = (await createToken(deps, NEW)).text.reveal()
    const [row] = await deps.tokens.list()
    const near = [text.slice(4), row?.token_hash ?? '', text.toUpperCase(), ` ${text}`, `${text}\n`]
    const far = ['', 'plk_', `plk_${'x'.repeat(43)}`, 'x'.repeat(47), `plk_${'x'.repeat(1_000_000)}`, "plk_' or 1=1"]
    for (const junk of [...near, ...far]) expect(await findToken(deps, junk)).toBeNull()
  })
})
