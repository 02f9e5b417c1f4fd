import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/lib/contract/limits'
import { UpstreamError } from '@/lib/timpush/errors'
import { createHalving } from './halving'

const TO = 1_795_161_600
const total = { app: { id: '1' }, source: 'chat' } as const
const refusal = (code: number) =>
  new UpstreamError('normal_push_statistics', 'upstream_bad_request', 'bad_request', code, 'no')
const days = (n: number) => ({ from: TO - n * DAY, to: TO })

function fresh() {
  let nowS = TO
  const halving = createHalving({ dataS: () => nowS })
  const fitted = (n: number) => (TO - halving.fitted(total, days(n)).from) / DAY
  return {
    halving,
    fitted,
    refuse: (n: number, code = 90100) => halving.refused(total, days(n), refusal(code)),
    pass: (seconds: number) => {
      nowS += seconds
    },
  }
}

test('a refused range is halved, and halved again, for a day', () => {
  const { fitted, refuse, pass } = fresh()
  expect(fitted(30)).toBe(30)
  refuse(30)
  expect([fitted(30), fitted(20), fitted(15), fitted(7)]).toEqual([15, 15, 15, 7])
  refuse(15)
  expect(fitted(30)).toBe(7.5)
  pass(DAY)
  expect(fitted(30)).toBe(30)
})

test('the part starts at a whole hour; other apps and sources keep the whole range', () => {
  const { halving } = fresh()
  const odd = { from: TO - 7 * DAY + 61, to: TO - 61 }
  halving.refused(total, odd, refusal(90100))
  expect(halving.fitted(total, odd).from % HOUR).toBe(0)
  expect(halving.fitted({ ...total, source: 'task' }, odd)).toEqual(odd)
  expect(halving.fitted({ ...total, app: { id: '2' } }, odd)).toEqual(odd)
})

test('other failures do not limit the length', () => {
  const { halving, fitted, refuse } = fresh()
  refuse(30, 90001)
  halving.refused(total, days(30), new Error('the line was cut'))
  expect(fitted(30)).toBe(30)
})

test('a range refused at any length is not halved repeatedly', () => {
  const { fitted, refuse, pass } = fresh()
  for (const n of [7, 3.5, 1.75]) refuse(n)
  expect(fitted(7)).toBe(7)
  refuse(7)
  expect(fitted(7)).toBe(7)
  pass(600)
  refuse(7)
  expect(fitted(7)).toBe(3.5)
})
