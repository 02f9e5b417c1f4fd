import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createPasswords } from './password'

const passwords = createPasswords()
const WORDS = 'violet anchor tundra'

describe('passwords', () => {
  test("are hashed by argon2id with at least OWASP's parameters, each with its own salt", async () => {
    const [one, two] = await Promise.all([passwords.hash(WORDS), passwords.hash(WORDS)])
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(one) ?? []
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
    expect(Number(passes)).toBeGreaterThanOrEqual(2)
    expect(one).not.toBe(two)
    expect(one).not.toContain(WORDS)
  })

  test('only the right password matches', async () => {
    const hash = await passwords.hash(WORDS)
    expect(await passwords.verify(WORDS, hash)).toBe(true)
    for (const wrong of ['', 'violet anchor tundr', `${WORDS} `, WORDS.toUpperCase()]) {
      expect(await passwords.verify(wrong, hash)).toBe(false)
    }
  })

  test('match however their letters are composed', async () => {
    const hash = await passwords.hash('Ångström teapot')
    expect(await passwords.verify('A\u030angstro\u0308m teapot', hash)).toBe(true)
  })

  test('no password matches for an unknown person or one without a password', async () => {
    for (const guess of ['', 'A', WORDS]) expect(await passwords.verify(guess, null)).toBe(false)
  })

  test('over 256 characters never match, even with a right beginning', async () => {
    const hash = await passwords.hash('')
    expect(await passwords.verify('x'.repeat(257), hash)).toBe(false)
    expect(await passwords.verify('x'.repeat(1_000_000), hash)).toBe(false)
  })

  test('a broken hash is an error that reveals nothing', async () => {
    const error = await passwords.verify(WORDS, 'not-a-hash-canary').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Error)
    expect(inspect(error)).not.toMatch(/canary|violet/)
  })

  test('an unknown person takes as much work as a known one', async () => {
    const hash = await passwords.hash(WORDS)
    const processorTime = async (held: string | null) => {
      const before = process.cpuUsage()
      for (let i = 0; i < 5; i += 1) await passwords.verify('a wrong password', held)
      return process.cpuUsage(before).user
    }
    const [known, unknown] = [await processorTime(hash), await processorTime(null)]
    // Without the dummy hash the second is a thousand times shorter.
    expect(unknown / known).toBeGreaterThan(0.2)
  })

  test('a flood is refused beyond the queue, and everyone in the queue is served', async () => {
    const crowd = Array.from({ length: 90 }, () => passwords.verify('x', null).catch((e: unknown) => e))
    const ends = await Promise.all(crowd)
    expect(ends.filter((end) => end === false)).toHaveLength(66)
    expect(ends.filter((end) => end !== false)).toEqual(
      Array(24).fill(expect.objectContaining({ code: 'unavailable' })),
    )
    expect(await passwords.verify('x', null)).toBe(false)
  })
})
