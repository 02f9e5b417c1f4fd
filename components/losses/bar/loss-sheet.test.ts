import { expect, test } from 'vitest'
import { wordsIn } from '@/components/i18n/testing/render'
import { beforeSending, losses, reason, stage } from '../testing/samples'
import { lossSheet } from './loss-sheet'

const words = wordsIn('en')
const sheetOf = (more: { demo?: boolean; code?: string } = {}) =>
  lossSheet({
    reply: losses({
      stages: [beforeSending(), stage({ reasons: [reason({ code: '410' }), reason({ code: '20301', count: 3 })] })],
    }),
    grouping: 'code',
    code: more.code,
    subject: { app: 'Shop', sdkAppId: 1_400_187_352, demo: more.demo ?? false },
    words,
  })
const cellsOf = (sheet: ReturnType<typeof sheetOf>) => sheet.rows.map(({ cells }) => cells.join(' | '))

test('a picture of losses can stand alone: app, range, zone, time of the numbers and coverage', () => {
  const sheet = sheetOf({ demo: true })
  expect(sheet.about).toMatch(/^Shop · 1400187352 · .* · Asia\/Shanghai/)
  expect(sheet.foot.join(' ')).toMatch(/Updated .*\(UTC\+8\).*(Coverage|hours collected)/)
  expect(sheet.demo).toBe('Demo, invented data')
  expect(sheetOf().demo).toBeNull()
})

test('it has a bold line for each stage, and its reasons below, with the same numbers as the page', () => {
  const sheet = sheetOf()
  expect(sheet.rows.filter(({ bold }) => bold).map(({ cells }) => cells[0])).toEqual([
    'Before sending',
    'After sending',
  ])
  const seen = cellsOf(sheet)
  expect(seen.some((line) => line.includes('| 20301 | 3 |'))).toBe(true)
})

test('of one code it has the lines of this code only', () => {
  const seen = cellsOf(sheetOf({ code: '410' })).join('\n')
  expect(seen).toContain('| 410 |')
  expect(seen).not.toContain('20301')
  expect(seen).not.toContain('Unexplained')
})
