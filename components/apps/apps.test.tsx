import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LOCALES } from '@/components/i18n/locale'
import { messagesOf, withChannels } from '@/components/i18n/messages'
import { wordsIn } from '@/components/i18n/testing/render'
import { vendorNames } from '@/components/report/vendor'
import type { CheckReply } from '@/lib/contract/apps/check'
import { ENDPOINTS } from '@/lib/contract/sources'
import { MEANINGS } from '@/lib/timpush/codes'
import { answerTo, looksLikeSecretKey, problemsOf, resultOf } from './answers'
import { CheckResult } from './check-result'

const CHECKED = ENDPOINTS.filter((endpoint) => endpoint !== 'query_online_status')

/** A check in which the first `refused` endpoints answer this code. */
function checkWith(upstreamCode: number, refused: number): CheckReply {
  const code = MEANINGS.get(upstreamCode)?.[0] ?? 'upstream_internal'
  const problem = { code, title: '', detail: '', upstreamCode, since: null }
  return {
    complete: true,
    endpoints: CHECKED.map((endpoint, i) =>
      i < refused ? { endpoint, ok: false, problem } : { endpoint, ok: true, problem: null },
    ),
  }
}

test('a check is ready, partly ready or refused', () => {
  expect([0, 1, 5, 6].map((refused) => resultOf(checkWith(90_045, refused)))).toEqual([
    'ready',
    'partly',
    'partly',
    'refused',
  ])
  expect(problemsOf(checkWith(90_045, 6))).toHaveLength(1)
})

test('every code of a wrong credential has an explanation of its own or of its kind', () => {
  const credential = [...MEANINGS].filter(([, [, kind]]) => kind === 'credential').map(([code]) => code)
  const general = credential.filter((code) => answerTo({ upstreamCode: code }) === null)
  // Plans and quotas: the general texts say where to pay or to wait.
  expect(general.map((code) => MEANINGS.get(code)?.[0])).toEqual(
    expect.arrayContaining(['upstream_billing', 'upstream_quota']),
  )
  expect(new Set(general.map((code) => MEANINGS.get(code)?.[0]))).toEqual(
    new Set(['upstream_billing', 'upstream_quota', 'upstream_credential']),
  )
})

test('a SecretKey has 64 hexadecimal digits', () => {
  expect(looksLikeSecretKey(` ${'0a'.repeat(32)}\n`)).toBe(true)
  expect(looksLikeSecretKey('the-client-app-key')).toBe(false)
})

describe.each(LOCALES)('the result of a check, in %s', (locale) => {
  const words = wordsIn(locale)
  const { apps } = messagesOf(locale)

  test.each([
    [70_009, 'key', 'SDKSecretKey'],
    [70_013, 'mismatch', 'SDKAppID'],
    [90_009, 'account', ''],
    [90_045, 'enabled', ''],
    [60_021, 'address', 'IP'],
    [70_020, 'unknown', 'SDKAppID'],
    [70_050, 'locked', ''],
  ] as const)('explains %s and says what to press', (code, answer, names) => {
    const seen = renderToStaticMarkup(<CheckResult check={checkWith(code, 6)} typedKey="" words={words} />)
    expect(seen).toContain(words.t(`apps.answer.${answer}.title`))
    expect(seen).toContain(names)
    expect(seen).toContain(String(code))
  })

  test('lists every endpoint when only some respond', () => {
    const seen = renderToStaticMarkup(<CheckResult check={checkWith(90_045, 2)} typedKey="" words={words} />)
    expect(seen.match(/<li/g)).toHaveLength(6)
    expect(seen).toContain(words.t('apps.connecting.partly', { ok: 4, all: 6 }))
  })

  test('says when the typed key cannot be a SecretKey', () => {
    const seen = (typedKey: string) =>
      renderToStaticMarkup(<CheckResult check={checkWith(70_009, 6)} typedKey={typedKey} words={words} />)
    expect(seen('an-app-key')).toContain(apps.connecting.notHex)
    expect(seen('ab'.repeat(32))).not.toContain(apps.connecting.notHex)
    expect(seen('')).not.toContain(apps.connecting.notHex)
  })

  test('a channel that Tencent does not name has the name that administrators gave it', () => {
    const named = withChannels(words, { platform_9: 'Harmony {n}' })
    const place = { vendor: 'platform_9', channel: 'offline' } as const
    expect(vendorNames(place, named)).toEqual({ name: 'Harmony {n}', also: vendorNames(place, words).name })
    expect(vendorNames({ ...place, vendor: 'platform_10' }, named).name).toContain('10')
  })
})
