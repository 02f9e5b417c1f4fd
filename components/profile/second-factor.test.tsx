import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { QrCode } from '@/components/ui/qr-code'
import type { SecondFactorState } from '@/lib/contract/access/second-factor'
import { Scan } from './scan'
import { SecondFactor } from './second-factor'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }))

const OFF: SecondFactorState = { since: null, recoveryCodesLeft: 0, required: false, hasPassword: true }
const ON: SecondFactorState = { ...OFF, since: '2026-11-12T18:00:00.000Z', recoveryCodesLeft: 8 }
const seen = (state: SecondFactorState, locale = LOCALES[0] as (typeof LOCALES)[number]) =>
  visibleText(
    renderToStaticMarkup(<SecondFactor state={state} tz="+08:00" locale={locale} messages={messagesOf(locale)} />),
  )

describe.each(LOCALES)('the section about two-factor authentication in %s', (locale) => {
  const { t } = wordsIn(locale)

  test('offers to set it up, and nothing else, while it is off', () => {
    const text = seen(OFF, locale)
    expect(text).toContain(t('second-factor.setUp'))
    for (const key of ['renew', 'move', 'turnOff'] as const) expect(text).not.toContain(t(`second-factor.${key}`))
  })

  test('says since when it is on, and how many recovery codes are left', () => {
    const text = seen(ON, locale)
    expect(text).toContain(t('second-factor.left', { n: 8 }))
    for (const key of ['renew', 'move', 'turnOff'] as const) expect(text).toContain(t(`second-factor.${key}`))
  })
})

test('the day is in the given zone', () => {
  expect(seen(ON)).toContain('On since 13 Nov')
})

test('a role that needs it leaves no button to turn it off, and says why', () => {
  const text = seen({ ...ON, required: true })
  expect(text).not.toContain('Turn off')
  expect(text).toContain('Your role requires it')
})

test('people without a password are sent to their provider', () => {
  expect(seen({ ...OFF, hasPassword: false })).not.toContain('Set up')
})

test('the key can be read in groups of four and typed', () => {
  const started = { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/x?secret=GEZD' }
  const markup = renderToStaticMarkup(<Scan started={started} onCodes={() => {}} words={wordsIn()} />)
  expect(visibleText(markup)).toContain('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
  expect(markup).toContain('autoComplete="one-time-code"')
})

test('the QR code is one path of dark runs inside the border that scanners need', () => {
  const markup = renderToStaticMarkup(<QrCode text="otpauth://totp/x?secret=GEZD" label="QR" />)
  const size = Number(/viewBox="0 0 (\d+) \d+"/.exec(markup)?.[1])
  const runs = [...(/ d="([^"]+)"/.exec(markup)?.[1] ?? '').matchAll(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g)]
  const dark = new Set(
    runs.flatMap(([, x, y, length]) => Array.from({ length: Number(length) }, (_, i) => `${Number(x) + i},${y}`)),
  )
  // The three corner marks: a dark ring of seven, a light ring, and a dark square of three.
  for (const [left, top] of [
    [4, 4],
    [size - 11, 4],
    [4, size - 11],
  ] as const) {
    for (let i = 0; i < 7; i += 1) expect(dark).toContain(`${left + i},${top}`)
    expect(dark.has(`${left + 1},${top + 1}`)).toBe(false)
    expect(dark).toContain(`${left + 3},${top + 3}`)
  }
  for (const cell of dark) {
    const [x = 0, y = 0] = cell.split(',').map(Number)
    expect(Math.min(x, y, size - 1 - x, size - 1 - y)).toBeGreaterThanOrEqual(4)
  }
})
