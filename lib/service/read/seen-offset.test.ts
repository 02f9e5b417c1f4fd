import { beforeEach, describe, expect, test } from 'vitest'
import { newApp } from '@/lib/store/testing/rows'
import { noteOffset, seenOffset } from './seen-offset'

const HEX = (at: number) => at.toString(16).padStart(8, '0')
const SENT = Date.parse('2026-11-20T04:00:07Z') / 1_000
const TASK = `${HEX(SENT)}_53724e01_200000000000001_1_1`
const HOURS = 3_600

const app = newApp()

describe('the offset found by look-ups', () => {
  let kept: Map<string, string>
  const settings = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => void kept.set(key, value),
  }

  beforeEach(() => {
    kept = new Map()
  })

  const note = (keyHash: string, offByHours: number, id = TASK) =>
    noteOffset(settings, app, { id, keyHash }, [{ pushedAt: null }, { pushedAt: SENT + 3 + offByHours * HOURS }])

  test('is reported if three look-ups agree on another offset than the app’s', async () => {
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

  test('is null if they agree with the app’s offset', async () => {
    for (const key of ['a', 'b', 'c']) await note(key.repeat(12), 0)
    expect(await seenOffset(settings, app)).toBeNull()
  })

  test('is not found from an ID or a push without a time', async () => {
    for (const key of ['a', 'b', 'c']) await note(key.repeat(12), 1, 'no-such-shape')
    for (const key of ['d', 'e', 'f']) await noteOffset(settings, app, { id: TASK, keyHash: key }, [{ pushedAt: null }])
    expect(await settings.get(`offset:${app.id}`)).toBeNull()
  })
})
