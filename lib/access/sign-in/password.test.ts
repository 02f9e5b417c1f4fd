import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createPasswords } from './password'

const passwords = createPasswords()
const WORDS = 'violet anchor tundra'

describe('passwords', () => {
  test('are hashed by argon2id at no less than OWASP asks, each with its own salt', async () => {
    const [one, two] = await Promise.all([passwords.hash(WORDS), passwords.hash(WORDS)])
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(one) ?? []
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
    expect(Number(passes)).toBeGreaterThanOrEqual(2)
    expect(one).not.toBe(two)
    expect(one).not.toContain(WORDS)
  })

  test('only the right one is right', async () => {
    const hash = await passwords.hash(WORDS)
    expect(await passwords.verify(WORDS, hash)).toBe(true)
    for (const wrong of ['', 'violet anchor tundr', `${WORDS} `, WORDS.toUpperCase()]) {
      expect(await passwords.verify(wrong, hash)).toBe(false)
    }
  })

  test('are the same however their letters are composed', async () => {
    const hash = await passwords.hash('Ångström teapot')
    expect(await passwords.verify('A\u030angstro\u0308m teapot', hash)).toBe(true)
  })

  test('nothing opens a person without a password, nor a person who is none', async () => {
    for (const guess of ['', 'A', WORDS]) expect(await passwords.verify(guess, null)).toBe(false)
  })

  test('over 256 characters are wrong, also where the beginning is right', async () => {
    const hash = await passwords.hash('')
    expect(await passwords.verify('x'.repeat(257), hash)).toBe(false)
    expect(await passwords.verify('x'.repeat(1_000_000), hash)).toBe(false)
  })

  test('a broken hash is an error that shows nothing', async () => {
    const error = await passwords.verify(WORDS, 'not-a-hash-canary').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Error)
    expect(inspect(error)).not.toMatch(/canary|violet/)
  })

  test('an unknown person costs the work of a known one', async () => {
    const hash = await passwords.hash(WORDS)
    const processorTime = async (held: string | null) => {
      const before = process.cpuUsage()
      for (let i = 0; i < 5; i += 1) await passwords.verify('a wrong password', held)
      return process.cpuUsage(before).user
    }
    const [known, unknown] = [await processorTime(hash), await processorTime(null)]
    // Without the dummy the second is a thousand times shorter.
    expect(unknown / known).toBeGreaterThan(0.2)
  })

  test('a flood is refused beyond those in line, and everybody in line is served', async () => {
    const crowd = Array.from({ length: 90 }, () => passwords.verify('x', null).catch((e: unknown) => e))
    const ends = await Promise.all(crowd)
    expect(ends.filter((end) => end === false)).toHaveLength(66)
    expect(ends.filter((end) => end !== false)).toEqual(
      Array(24).fill(expect.objectContaining({ code: 'unavailable' })),
    )
    expect(await passwords.verify('x', null)).toBe(false)
  })
})
