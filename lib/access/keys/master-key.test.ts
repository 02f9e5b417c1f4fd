import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { deriveKey, MasterKeyError, parseMasterKey } from './master-key'

describe('a master key', () => {
  const bytes = randomBytes(32)

  test.each(['hex', 'base64', 'base64url'] as const)('is read from %s, with or without a newline', (encoding) => {
    for (const text of [bytes.toString(encoding), `${bytes.toString(encoding)}\n`]) {
      expect(parseMasterKey(text).export().equals(bytes)).toBe(true)
    }
  })

  test('drawn at random is never refused', () => {
    for (let i = 0; i < 5_000; i += 1) parseMasterKey(randomBytes(32).toString('base64'))
  })

  test.each([
    ['nothing', ''],
    ['a word', 'changeme'],
    ['a long word', 'changeme'.repeat(5)],
    ['16 bytes', randomBytes(16).toString('base64')],
    ['31 bytes', randomBytes(31).toString('hex')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['64 bytes', randomBytes(64).toString('hex')],
    ['zeros', '0'.repeat(64)],
    ['zeros in base64', Buffer.alloc(32).toString('base64')],
    ['ones', 'f'.repeat(64)],
    ['a repeated byte', 'ab'.repeat(32)],
    ['a repeated word', 'deadbeef'.repeat(8)],
    ['the hex digits', '0123456789abcdef'.repeat(4)],
    ['half of it repeated', '00112233445566778899aabbccddeeff'.repeat(2).replaceAll('f', 'e')],
    ['counting up', Buffer.from([...Array(32).keys()]).toString('base64')],
    ['counting down by threes', Buffer.from([...Array(32).keys()].map((i) => 255 - 3 * i)).toString('hex')],
    ['a sentence in base64', Buffer.from('this is a very secret master key').toString('base64')],
    ['a varied sentence in base64', Buffer.from('Qu1ck-brown_fox/jumps+over lazy!').toString('base64')],
    ['changeme in base64', Buffer.from('changeme'.repeat(4)).toString('base64')],
    ['strange letters', `${randomBytes(32).toString('base64').slice(0, 40)}ä!é?`],
    ['a megabyte', 'A'.repeat(1_000_000)],
  ])('that is %s is refused, and the message does not repeat it', (_, text) => {
    expect(() => parseMasterKey(text)).toThrow(MasterKeyError)
    try {
      parseMasterKey(text)
    } catch (error) {
      if (text.length > 8) expect(inspect(error)).not.toContain(text.slice(0, 20))
      expect(error).toMatchObject({ exitCode: 78 })
    }
  })

  test('reveals no byte when printed', () => {
    const printed = inspect(parseMasterKey(bytes.toString('hex')), { showHidden: true, depth: 9 })
    expect(printed).not.toContain(bytes.toString('hex').slice(0, 6))
    expect(printed).not.toContain(bytes.toString('base64').slice(0, 6))
    expect(printed).not.toMatch(new RegExp(`${bytes[0]}, ${bytes[1]}`))
  })
})

describe('derived keys', () => {
  const master = parseMasterKey('c3b1a59f0e7d42688cfa61d0275be94f13f2ac90de7751b4068ed329fb5c47e1')

  test('differ by label and by master key', () => {
    const other = parseMasterKey(randomBytes(32).toString('hex'))
    const labels = ['app keys', 'fingerprint', 'hash of trace', 'hash of person', 'next-auth'] as const
    const all = [master, other].flatMap((key) => labels.map((label) => deriveKey(key, label).export().toString('hex')))
    expect(new Set(all).size).toBe(10)
    expect(all.every((key) => key.length === 64)).toBe(true)
  })

  test('never change: what was sealed years ago can still be opened', () => {
    expect(deriveKey(master, 'app keys').export().toString('hex')).toBe(
      'e7f43f9ce28aad87f68d84b8c07f4dab3c6ecbf63f82cd5ce2382d1f064fff03',
    )
  })
})
