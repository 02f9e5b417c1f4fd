import { expect, test } from 'vitest'
import { accessEnv } from '@/lib/access/testing/access-env'
import { createToken } from '@/lib/access/tokens'
import { describeStores } from '@/lib/store/testing/database'
import { administers, shareState } from './state'

const share = (over: object = {}) => ({
  app_id: 'game',
  owner: 'person:id-outsider',
  ends_at: 100,
  paused_at: null,
  revoked_at: null,
  ...over,
})

describeStores('the state of a link', (stores) => {
  test('names the reason that lasts longest', async () => {
    const { deps, add } = accessEnv(await stores.open())
    await add('outsider')
    const state = (over: object, now = 99) => shareState(deps, share(over), now)
    expect(await state({})).toBe('open')
    expect(await state({ paused_at: 5 })).toBe('paused')
    expect(await state({}, 100)).toBe('ended')
    expect(await state({ paused_at: 5 }, 100)).toBe('ended')
    expect(await state({ owner: 'person:nobody' }, 100)).toBe('orphaned')
    expect(await state({ owner: 'person:nobody', revoked_at: 7 })).toBe('revoked')
  })

  test('a link ends when its owner loses the role, is disabled or is removed, and opens again when they get it back', async () => {
    const { deps, add } = accessEnv(await stores.open())
    const id = await add('outsider')
    await add('admin')
    const state = () => shareState(deps, share(), 1)
    expect(await state()).toBe('open')
    await deps.withdrawals.setGrants(id, [{ app_id: 'game', role: 'editor' }], 1)
    expect(await state()).toBe('orphaned')
    await deps.withdrawals.setGrants(id, [{ app_id: '*', role: 'admin' }], 1)
    expect(await state()).toBe('open')
    await deps.withdrawals.setDisabled(id, 1, 1)
    expect(await state()).toBe('orphaned')
    await deps.withdrawals.setDisabled(id, null, 1)
    expect(await state()).toBe('open')
    await deps.withdrawals.remove(id, 1)
    expect(await state()).toBe('orphaned')
    expect(await shareState(deps, share({ owner: 'person:id-admin' }), 1)).toBe('open')
  })

  test('only an administrator of that app owns a link of it', async () => {
    const { deps, add } = accessEnv(await stores.open())
    for (const member of ['admin', 'pm', 'support', 'outsider'] as const) await add(member)
    const may = (member: string, app: string) => administers(deps, `person:id-${member}`, app, 1)
    expect([await may('admin', 'shop'), await may('outsider', 'game')]).toEqual([true, true])
    expect([await may('pm', 'shop'), await may('support', 'shop'), await may('outsider', 'shop')]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('a link of a token ends with the token', async () => {
    const { deps } = accessEnv(await stores.open())
    const make = (role: 'admin' | 'editor', apps: string[]) =>
      createToken(deps, { name: 't', role, apps, expiresAt: 5_000_000_000, by: { actor: 'person:a', address: null } })
    const [own, everywhere, foreign, editor] = await Promise.all([
      make('admin', ['game']),
      make('admin', ['*']),
      make('admin', ['shop']),
      make('editor', ['game']),
    ])
    const may = ({ row }: typeof own, now = 1) => administers(deps, `token:${row.id}`, 'game', now)
    expect([await may(own), await may(everywhere), await may(foreign), await may(editor)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(await may(own, 5_000_000_000)).toBe(false)
    await deps.tokens.revoke(own.row.id, 2)
    expect(await may(own)).toBe(false)
    expect(await administers(deps, 'token:unknown', 'game', 1)).toBe(false)
  })
})
