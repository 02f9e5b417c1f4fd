import { expect, test } from 'vitest'
import { describeStores } from '@/lib/store/testing/database'
import { settings } from './settings'

describeStores('a text with NUL', ({ open }) => {
  test('is unknown, and no error', async () => {
    const values = settings(await open())
    await values.set('a', 'stored')
    expect(await values.get('a\0')).toBe(null)
    expect(await values.get('\0')).toBe(null)
    expect(await values.get('a')).toBe('stored')
  })

  test('can be written', async () => {
    const values = settings(await open())
    await values.set('key', 'one\0two')
    expect(await values.get('key')).toMatch(/^one.two$/s)
  })
})
