import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCommonPassword } from './common-passwords'
import { checkNewPassword, normalPassword } from './password-policy'

const EMAIL = 'zwetschge@plumtree.example'
const refused = (password: string, email = EMAIL) => {
  try {
    checkNewPassword(password, email)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad_request', field: 'password' })
    if (password.length > 5) expect(inspect(error)).not.toContain(password)
    return true
  }
}

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
  ])('as common as %s is refused', (password) => {
    expect(refused(password)).toBe(true)
  })

  test.each([
    'violet anchor tundra',
    'three-llamas-knit-quietly',
    'kR7#vbQ2zLp9',
    'mjölnir rattles 4 teapots',
    '우리집고양이는멸치를좋아해',
    '玄关的雨伞又忘记带走了吗',
    'ocelot.password.gravel',
  ])('as good as %s is taken', (password) => {
    expect(refused(password)).toBe(false)
  })

  test('drawn at random is taken', () => {
    for (let i = 0; i < 300; i += 1) expect(refused(randomBytes(12).toString('base64url'))).toBe(false)
  })

  test('of 11 characters is refused and of 12 taken, counted as people count', () => {
    expect([refused('kR7#vbQ2zLp'), refused('kR7#vbQ2zLp9')]).toEqual([true, false])
    expect([refused('🦊🐢🌵🎲🍞🧲🪁🎻🚜🧵🪐'), refused('🦊🐢🌵🎲🍞🧲🪁🎻🚜🧵🪐🫖')]).toEqual([true, false])
    expect(refused('')).toBe(true)
  })

  test('of 256 characters is taken and of 257 refused', () => {
    const long = randomBytes(400).toString('base64url')
    expect([refused(long.slice(0, 256)), refused(long.slice(0, 257))]).toEqual([false, true])
  })

  test('made of the own address is refused', () => {
    expect(refused('zwetschge2026')).toBe(true)
    expect(refused('PlumtreeZwetschge!')).toBe(true)
    expect(refused('zwetschge2026', 'pm@example.com')).toBe(false)
  })

  test('as long as allowed and hard to read is answered', () => {
    for (const part of ['qwe', '1p', 'password', 'p4', 'abc!'])
      expect(refused(part.repeat(256).slice(0, 256))).toBe(true)
  })

  test('whatever it is, it is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (password) => {
        expect(typeof isCommonPassword(password, ['a.b*'])).toBe('boolean')
      }),
      { numRuns: 300 },
    )
  })
})

test('the same password typed on two keyboards is one text', () => {
  expect(normalPassword('Ångström ﬁve')).toBe(normalPassword('A\u030angstro\u0308m five'))
})
