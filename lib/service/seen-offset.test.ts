import { beforeEach, expect, test } from 'vitest'
import type { AppRow } from '@/lib/store/apps'
import { describeStores } from '@/lib/store/testing'
import { newApp, storeWithApp } from '@/lib/store/testing-rows'
import { noteOffset, seenOffset } from './seen-offset'

const HEX = (at: number) => at.toString(16).padStart(8, '0')
const SENT = Date.parse('2026-11-20T04:00:07Z') / 1_000
const TASK = `${HEX(SENT)}_53724e01_200000000000001_1_1`
const HOURS = 3_600

describeStores('the offset that look-ups tell', (stores) => {
  let settings: Awaited<ReturnType<typeof storeWithApp>>['settings']
  let app: AppRow

  beforeEach(async () => {
    const store = await storeWithApp(stores)
    settings = store.settings
    const found = await store.apps.get(newApp().id)
    if (!found) throw new Error('no app')
    app = found
  })

  const note = (keyHash: string, offByHours: number, id = TASK) =>
    noteOffset(settings, app, { id, keyHash }, [{ pushedAt: null }, { pushedAt: SENT + 3 + offByHours * HOURS }])

  test('is worth a word when three of them agree on another than is set', async () => {
    await note('aaaaaaaaaaaaa', 1)
    await note('bbbbbbbbbbbbb', 1)
    expect(await seenOffset(settings, app)).toBeNull()
    await note('bbbbbbbbbbbbb', 1)
    expect(await seenOffset(settings, app)).toBeNull()
    await note('ccccccccccccc', 1)
    expect(await seenOffset(settings, app)).toBe(540)
    await note('ddddddddddddd', 0)
    expect(await seenOffset(settings, app)).toBeNull()
  })

  test('is silent where they agree with what is set', async () => {
    for (const key of ['a', 'b', 'c']) await note(key.repeat(12), 0)
    expect(await seenOffset(settings, app)).toBeNull()
  })

  test('is not told by an ID without a second, or a push without a time', async () => {
    for (const key of ['a', 'b', 'c']) await note(key.repeat(12), 1, 'no-such-shape')
    for (const key of ['d', 'e', 'f']) await noteOffset(settings, app, { id: TASK, keyHash: key }, [{ pushedAt: null }])
    expect(await settings.get(`offset:${app.id}`)).toBeNull()
  })
})
