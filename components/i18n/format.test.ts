import { describe, expect, test } from 'vitest'
import { localeOfHeader } from './accept-language'
import { chosenLocale, pickTheme } from './locale'
import { compact, exact, headline, percent } from './number'
import { day, distinctMinute, isoDay, minute, second, zoneLabel, zoneName } from './time'

describe('numbers', () => {
  test('exact numbers have thousands separators and a true minus', () => {
    expect([0, 7, 999, 1_000, 933_478, 1_234_567].map(exact)).toEqual([
      '0',
      '7',
      '999',
      '1,000',
      '933,478',
      '1,234,567',
    ])
    expect(exact(-296_402)).toBe('−296,402')
  })

  test('compact numbers follow the language and never round up', () => {
    expect(compact(1_299_999, 'en')).toBe('1.2M')
    expect(compact(1_235_000, 'zh-CN')).toBe('123.5万')
    expect(compact(1_235_000, 'ko')).toBe('123.5만')
    expect(compact(123_456_789, 'zh-CN')).toBe('1.2亿')
    expect(compact(20_000_000, 'en')).toBe('20M')
    expect(compact(999, 'en')).toBe('999')
  })

  test('a headline is exact while it fits, then compact with the exact number on hover', () => {
    expect(headline(9_999_999, 'en')).toEqual({ text: '9,999,999' })
    expect(headline(12_345_678, 'en')).toEqual({ text: '12.3M', title: '12,345,678' })
  })

  test('a percentage is never 0 for a positive number and never 100 for less than all', () => {
    expect(percent(0, 'zh-CN')).toBe('0%')
    expect(percent(1, 'zh-CN')).toBe('100%')
    expect(percent(0.00001, 'zh-CN')).toBe('<0.1%')
    expect(percent(0.99999, 'zh-CN')).toBe('99.9%')
    expect(percent(0.613, 'en')).toBe('61.3\u202f%')
    expect(percent(0.61, 'ko')).toBe('61.0%')
  })
})

describe('times', () => {
  const at = '2026-11-13T16:03:22Z'

  test('are in the given zone and language', () => {
    expect(minute(at, 'Asia/Shanghai', 'en')).toBe('14 Nov 00:03')
    expect(minute(at, 'UTC', 'zh-CN')).toBe('11月13日 16:03')
    expect(day(at, 'Asia/Seoul', 'ko')).toBe('11월 14일')
    expect(second(at, 'Asia/Shanghai')).toBe('00:03:22')
    expect(isoDay(at, 'Asia/Shanghai')).toBe('2026-11-14')
  })

  test('of an hour that the clock shows twice have their offset, all others do not', () => {
    const hours = ['04', '05', '06', '07'].map((hour) =>
      distinctMinute(`2026-11-01T${hour}:00:00Z`, 'America/New_York', 'en'),
    )
    expect(hours).toEqual(['1 Nov 00:00', '1 Nov 01:00 (UTC−4)', '1 Nov 01:00 (UTC−5)', '1 Nov 02:00'])
    expect(distinctMinute('2026-10-25T00:59:00Z', 'Europe/Berlin', 'ko')).toBe('10월 25일 02:59 (UTC+2)')
    expect(distinctMinute('2026-11-01T05:00:00Z', 'Asia/Shanghai', 'en')).toBe('1 Nov 13:00')
    expect(distinctMinute('2026-11-01T05:00:00Z', '-04:00', 'en')).toBe('1 Nov 01:00')
    // Lord Howe puts its clock back by half an hour. In spring no hour is doubled.
    expect(distinctMinute('2026-04-04T14:45:00Z', 'Australia/Lord_Howe', 'en')).toBe('5 Apr 01:45 (UTC+11)')
    expect(distinctMinute('2026-04-04T15:15:00Z', 'Australia/Lord_Howe', 'en')).toBe('5 Apr 01:45 (UTC+10:30)')
    expect(distinctMinute('2026-03-08T07:00:00Z', 'America/New_York', 'en')).toBe('8 Mar 03:00')
  })

  test('show the offset, not only the zone, and follow daylight saving', () => {
    expect(zoneLabel(at, 'Asia/Shanghai')).toBe('UTC+8')
    expect(zoneLabel(at, 'Asia/Kolkata')).toBe('UTC+5:30')
    expect(zoneLabel(at, 'UTC')).toBe('UTC')
    expect(zoneLabel('2026-07-01T00:00:00.500Z', 'Europe/Berlin')).toBe('UTC+2')
    expect(zoneLabel('2026-12-01T00:00:00Z', 'America/St_Johns')).toBe('UTC−3:30')
  })
})

test('accept a zone that is only an offset, and show the offset', () => {
  const at = '2026-11-13T18:45:00Z'
  expect(minute(at, '+05:30', 'en')).toBe('14 Nov 00:15')
  expect(second(at, '-03:30')).toBe('15:15:00')
  expect(zoneName(at, '+05:30')).toBe('UTC+5:30')
  expect(zoneName(at, 'Etc/GMT-8')).toBe('UTC+8')
  expect(zoneName(at, 'Asia/Shanghai')).toBe('Asia/Shanghai · UTC+8')
})

describe('the language', () => {
  test('of a cookie counts only if we speak it', () => {
    expect(chosenLocale('ko')).toBe('ko')
    expect(chosenLocale('xx')).toBeNull()
    expect(chosenLocale(undefined)).toBeNull()
  })

  test('of Accept-Language follows the weights, else it is English', () => {
    expect(localeOfHeader('fr, zh-TW;q=0.8, ko;q=0.9')).toBe('ko')
    expect(localeOfHeader('zh;q=0.7,en-GB;q=0.3')).toBe('zh-CN')
    expect(localeOfHeader('ko;q=0, de')).toBe('en')
    expect(localeOfHeader(null)).toBe('en')
  })

  test.each(['zh', 'zh-TW', 'zh-HK', 'zh-Hant', 'zh-SG', 'ZH-cn'])('%s gets Simplified Chinese', (tag) => {
    expect(localeOfHeader(`${tag},en;q=0.5`)).toBe('zh-CN')
  })

  test.each(['*', '', 'x', 'ko_KR', 'a-b-c-d-e', ';q=1', ','.repeat(100_000)])('%j does no harm', (header) => {
    expect(localeOfHeader(header)).toBe('en')
  })

  test('an unknown theme is the system’s theme', () => {
    expect(pickTheme('dark')).toBe('dark')
    expect(pickTheme('pink')).toBe('system')
  })
})
