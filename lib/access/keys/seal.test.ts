import { createSecretKey, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAppKey, openWithAppKey, type SealedCell, sealWithAppKey } from './seal'

const master = createSecretKey(randomBytes(32))
const app = { id: 'shop', dataKey: createAppKey(master, 'shop') }
const place: SealedCell = { table: 'apps', column: 'key_sealed', row: 'shop' }
const CANARY = 'canary-5f3759df-secret-key'
const sealed = sealWithAppKey(master, app, place, CANARY)

const REFUSED = expect.objectContaining({ code: 'internal', name: 'PushlensError' })

function refusal(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    const printed = inspect(error, { depth: 9 })
    expect(printed).not.toContain(CANARY.slice(0, 8))
    expect(printed).not.toContain(sealed.slice(5, 20))
    return error
  }
  return 'it opened'
}

describe('a sealed text', () => {
  test('can be opened in its cell, whatever its content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), fc.string(), (text, table, column, row) => {
        const there = { table, column, row }
        expect(openWithAppKey(master, app, there, sealWithAppKey(master, app, there, text))).toBe(text)
      }),
    )
  })

  test('reveals nothing of its content and is never the same twice', () => {
    expect(sealed).toMatch(/^s1\.[A-Za-z0-9_-]+$/)
    expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('canary')
    const many = Array.from({ length: 1_000 }, () => sealWithAppKey(master, app, place, CANARY))
    expect(new Set(many.map((text) => text.slice(0, 19))).size).toBe(1_000)
  })

  test.each([
    ['table', { ...place, table: 'traces' }],
    ['column', { ...place, column: 'body_sealed' }],
    ['row', { ...place, row: 'game' }],
    ['row (longer)', { ...place, row: 'shop ' }],
    ['border between column and row', { ...place, column: 'key_sealed","shop', row: '' }],
    ['border between table and column', { ...place, table: 'apps.key', column: '_sealed' }],
  ])("moved to another %s can't be opened", (_, elsewhere) => {
    expect(refusal(() => openWithAppKey(master, app, elsewhere, sealed))).toEqual(REFUSED)
  })

  test("of one app can't be opened with the key of another", () => {
    const game = { id: 'game', dataKey: createAppKey(master, 'game') }
    expect(refusal(() => openWithAppKey(master, game, place, sealed))).toEqual(REFUSED)
    const lent = { id: 'game', dataKey: app.dataKey }
    expect(refusal(() => openWithAppKey(master, lent, place, sealed))).toEqual(REFUSED)
  })

  test("can't be opened with another master key", () => {
    const other = createSecretKey(randomBytes(32))
    expect(refusal(() => openWithAppKey(other, app, place, sealed))).toEqual(REFUSED)
  })

  test("with any single bit flipped can't be opened", () => {
    const bytes = Buffer.from(sealed.slice(3), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const text = `s1.${changed.toString('base64url')}`
      expect(refusal(() => openWithAppKey(master, app, place, text))).toEqual(REFUSED)
    }
  })

  test("shortened anywhere, lengthened or padded can't be opened", () => {
    const cut = Array.from({ length: sealed.length }, (_, length) => sealed.slice(0, length))
    const longer = [`${sealed}A`, `${sealed}=`, `${sealed} `, `${sealed}.`, ` ${sealed}`, `${sealed}\n`]
    for (const text of [...cut, ...longer]) {
      expect(refusal(() => openWithAppKey(master, app, place, text))).toEqual(REFUSED)
    }
  })

  test("of another version can't be opened", () => {
    for (const text of [sealed.replace('s1', 's2'), sealed.replace('s1', 'S1'), CANARY, 's1', 's1.', '']) {
      expect(refusal(() => openWithAppKey(master, app, place, text))).toEqual(REFUSED)
    }
  })
})
