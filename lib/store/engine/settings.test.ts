import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { settings } from './settings'

describeStores('settings', ({ open }) => {
  test('are null until set, then the last value, then null again', async () => {
    const held = settings(await open())
    expect(await held.get('k')).toBeNull()
    await held.set('k', 'one')
    await held.set('k', '二 "two"')
    expect(await held.get('k')).toBe('二 "two"')
    await held.delete('k')
    expect(await held.get('k')).toBeNull()
    await held.delete('k')
  })

  test('of several concurrent "set if absent" exactly one succeeds', async () => {
    const held = settings(await open())
    const won = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((value) => held.setIfAbsent('k', value)))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await held.get('k')).toBe('abcde'[won.indexOf(true)])
    expect(await held.setIfAbsent('k', 'late')).toBe(false)
    expect(await held.setIfAbsent('other', '')).toBe(true)
    expect(await held.get('other')).toBe('')
  })
})
