import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { type TokenRow, tokens } from './tokens'

const token = (id: string, over: Partial<TokenRow> = {}): TokenRow => ({
  id,
  name: 'backend',
  token_hash: `hash-${id}`,
  role: 'editor',
  apps: '["shop"]',
  created_by: 'id-admin',
  created_at: 100,
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
  ...over,
})

describeStores('tokens', ({ open }) => {
  test('a token is found only by its hash, even if it has ended', async () => {
    const store = tokens(await open())
    await store.create(token('a', { expires_at: 90, revoked_at: 95 }))
    expect(await store.byHash('hash-a')).toEqual(token('a', { expires_at: 90, revoked_at: 95 }))
    expect(await store.byHash('a')).toBeNull()
    expect(await store.byHash('')).toBeNull()
  })

  test('two tokens never share a hash', async () => {
    const store = tokens(await open())
    await store.create(token('a'))
    await expect(store.create(token('b', { token_hash: 'hash-a' }))).rejects.toThrow()
  })

  test('a token is revoked once, and the others stay', async () => {
    const store = tokens(await open())
    await store.create(token('a'))
    await store.create(token('b', { created_at: 200 }))
    expect(await store.revoke('a', 150)).toBe(true)
    expect(await store.revoke('a', 160)).toBe(false)
    expect(await store.list()).toEqual([token('b', { created_at: 200 }), token('a', { revoked_at: 150 })])
  })

  test('the active tokens of one creator are revoked, and their number is returned', async () => {
    const store = tokens(await open())
    await store.create(token('a', { created_by: 'person:pm' }))
    await store.create(token('b', { created_by: 'pm' }))
    await store.create(token('c', { created_by: 'person:pm', revoked_at: 120 }))
    await store.create(token('d'))
    expect(await store.revokeCreatedBy(['pm', 'person:pm'], 200)).toBe(2)
    const ended = (await store.list()).map(({ id, revoked_at }) => [id, revoked_at]).sort()
    expect(ended).toEqual([
      ['a', 200],
      ['b', 200],
      ['c', 120],
      ['d', null],
    ])
  })

  test('using a token writes the time', async () => {
    const store = tokens(await open())
    await store.create(token('a'))
    await store.touch('a', 170)
    expect((await store.byHash('hash-a'))?.last_used_at).toBe(170)
  })
})
