import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type IsGuessable, loadIsGuessable } from './guessable-password'
import { checkNewPassword, normalPassword } from './password-policy'

const EMAIL = 'zwetschge@plumtree.example'
const refused = async (password: string, person = { email: EMAIL, name: 'Mirabelle Quitte' }) => {
  try {
    await checkNewPassword(password, person)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad_request', field: 'password' })
    if (password.length > 5) expect(inspect(error)).not.toContain(password)
    return true
  }
}
let isGuessable: IsGuessable
beforeAll(async () => {
  isGuessable = await loadIsGuessable()
})

describe('a new password', () => {
  test.each([
    'password1234',
    'Password2024!',
    'P@ssw0rd!!!!',
    'p4$$w0rd1234',
    'PASSWORDPASSWORD',
    'adminadmin123',
    'administrator',
    'Administrator1!',
    'changeme12345',
    'letmein123456',
    'welcome-2026!',
    'iloveyou12345',
    'qwertyuiop12',
    'qwerty123456',
    '1q2w3e4r5t6y',
    '1qaz2wsx3edc',
    'zxcvbnm,./123',
    'asdfghjkl;12',
    '123456789012',
    '210987654321',
    'abcdefghijkl',
    'lkjihgfedcba',
    'aaaaaaaaaaaa',
    'abababababab',
    'abcabcabcabc',
    'a1b2a1b2a1b2a1b2',
    'correcthorsebatterystaple',
    'Correct Horse Battery Staple',
    'p.a.s.s.w.o.r.d.1',
    'sunshine2026',
    'xdragonmonkey',
    'Pushlens2026',
    'tencent-cloud1',
    'Summer2026!!!!',
    '!@#$%^&*()!@',
    'ｐａｓｓｗｏｒｄ１２３４',
    'бббббббббббб',
    '            ',
  ])('as easy to guess as %s is refused', async (password) => {
    expect(await refused(password)).toBe(true)
  })

  test.each([
    'violet anchor tundra',
    'three-llamas-knit-quietly',
    'kR7#vbQ2zLp9',
    'mjölnir rattles 4 teapots',
    '우리집고양이는멸치를좋아해',
    '玄关的雨伞又忘记带走了吗',
    'ocelot.password.gravel',
  ])('as hard to guess as %s is accepted', async (password) => {
    expect(await refused(password)).toBe(false)
  })

  test('drawn at random is accepted', () => {
    for (let i = 0; i < 100; i += 1) expect(isGuessable(randomBytes(12).toString('base64url'), [])).toBe(false)
  })

  test('of 11 characters is refused and of 12 accepted, counted as people count', async () => {
    expect([await refused('kR7#vbQ2zLp'), await refused('kR7#vbQ2zLp9')]).toEqual([true, false])
    expect([await refused('🦊🐢🌵🎲🍞🧲🪁🎻🚜🧵🪐'), await refused('🦊🐢🌵🎲🍞🧲🪁🎻🚜🧵🪐🫖')]).toEqual([true, false])
    expect(await refused('')).toBe(true)
  })

  test('of 256 characters is accepted and of 257 refused', async () => {
    const long = randomBytes(400).toString('base64url')
    expect([await refused(long.slice(0, 256)), await refused(long.slice(0, 257))]).toEqual([false, true])
  })

  test('made of the person’s own address or name is refused', async () => {
    expect(await refused('zwetschge2026')).toBe(true)
    expect(await refused('PlumtreeZwetschge!')).toBe(true)
    expect(await refused('Quitte-Mirabelle-1')).toBe(true)
    const other = { email: 'pm@example.com', name: 'P' }
    expect([await refused('zwetschge2026', other), await refused('Quitte-Mirabelle-1', other)]).toEqual([false, false])
  })

  test.each(['qwe', '1p', 'password', 'p4', 'abc!'])('that repeats %s up to the longest length is refused', (part) => {
    expect(isGuessable(part.repeat(256).slice(0, 256), [EMAIL])).toBe(true)
  })

  test('gets a verdict, whatever its characters are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (password) => {
        expect(typeof isGuessable(password, ['a.b*'])).toBe('boolean')
      }),
      { numRuns: 300 },
    )
  })
})

test('the same password typed on two keyboards is the same text', () => {
  expect(normalPassword('Ångström ﬁve')).toBe(normalPassword('A\u030angstro\u0308m five'))
})
