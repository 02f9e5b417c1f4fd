import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_IMPORT_LINES, TASK_LIMITS } from '@/lib/contract/limits'
import { taskChange } from '@/lib/contract/tasks'
import { readTaskSheet } from './task-sheet'

const APP = 1_400_187_352
const A = '667015d4_537529d8_2000005e80aa873_d03ac87_56f5e750'
const B = 'batch_667015d5_537529d8_2000005e80aa873_d03ac87_56f5e751'
const OTHER = 'batch_695610d8_5f5fe251_200000e87f01f12_cf7963dc_386ba222'
const NOON = Date.parse('2026-11-20T12:00+08:00') / 1_000

const read = (text: string) => readTaskSheet(text, { sdkAppId: APP, offsetMin: 480 }) ?? []
/** One line in short: its ID, its change, why it is refused, and its hints. */
const short = (text: string) =>
  read(text).map(({ taskId, change, why, hints }) => [taskId, change, ...(why ? [why] : []), ...hints])

const CHANGE = { label: 'Lunch, big', tags: ['food', '점심'], note: 'say "hi"', sentAt: NOON }

describe('columns are found', () => {
  test.each([
    ['in English', `TaskID,Name,Tags,Note,Sent at\n${A},"Lunch, big","food,점심","say ""hi""",2026-11-20 12:00`],
    [
      'in Chinese, with CRLF and a byte order mark',
      `\ufeff任务ID,名称,标签,备注,发送时间\r\n${A},"Lunch, big",food；점심,"say ""hi""",2026/11/20 12:00\r\n`,
    ],
    [
      'in Korean, other order, tabs',
      `발송 시간\t메모\t태그\t캠페인 이름\t작업 ID\n2026. 11. 20. 12:00\tsay "hi"\tfood|점심\tLunch, big\t${A}`,
    ],
    [
      'with semicolons, as sheets of some countries',
      `id;name;tags;note;date\n${A};Lunch, big;food,점심;"say ""hi""";2026-11-20 12:00`,
    ],
    [
      'with brackets and unrelated columns',
      `#,TaskID（任务 ID）,Owner,Title,Tag,Remarks,Time\n1,${A},me,"Lunch, big",#food、#점심,"say ""hi""",${NOON}`,
    ],
    ['without a header, by their content', `2026-11-20 12:00,${A},"Lunch, big",food;점심,"say ""hi"""`],
  ])('%s', (_, text) => {
    expect(short(text)).toEqual([[A, CHANGE]])
  })

  test('even if the ID column has no title', () => {
    expect(short(`Name,Tags,Push\nLunch,food,${A}`)).toEqual([[A, { label: 'Lunch', tags: ['food'] }]])
  })

  test('by the delimiter between IDs, not one inside names', () => {
    expect(short(`${A};Lunch, big, hot`)).toEqual([[A, { label: 'Lunch, big, hot' }]])
  })
})

describe('pasted lines', () => {
  test('are IDs: one per line, several per line, or one with a name', () => {
    expect(short(`  ${A}\n${B}  `)).toEqual([
      [A, {}],
      [B, {}],
    ])
    expect(short(`${A}, ${B}`)).toEqual([
      [A, {}],
      [B, {}],
    ])
    expect(short(`${A} Summer sale, hot`)).toEqual([[A, { label: 'Summer sale', tags: ['hot'] }]])
  })

  test('keep their line number; blank lines count', () => {
    expect(read(`TaskID\n\n${A}\n\n\n${B}`).map(({ line }) => line)).toEqual([3, 6])
  })

  test('with an unusual ID or an ID of another app are accepted with a hint', () => {
    expect(short(`${OTHER}\nmy-campaign-1`)).toEqual([
      [OTHER, {}, 'other_app'],
      ['my-campaign-1', {}, 'unlike'],
    ])
  })
})

describe('a refused line says why and blocks no other line', () => {
  const long = (n: number) => 'x'.repeat(n + 1)
  test.each([
    ['no ID', ',Lunch', 'no_id'],
    ['a space in the ID', '"a b",Lunch', 'bad_id'],
    ['an ID in another script', '캠페인,Lunch', 'bad_id'],
    ['a comma in the ID', '"a,b",Lunch', 'bad_id'],
    ['an ID too long', `${long(TASK_LIMITS.id)},Lunch`, 'bad_id'],
    ['a repeated ID', `${A},Again`, 'twice'],
    ['a name too long', `x,${long(TASK_LIMITS.label)}`, 'label_long'],
    ['a tag too long', `x,,${long(TASK_LIMITS.tag)}`, 'tag_long'],
    ['too many tags', `x,,${Array.from({ length: TASK_LIMITS.tags + 1 }, (_, i) => i).join(';')}`, 'tags_many'],
    ['a note too long', `x,,,${long(TASK_LIMITS.note)}`, 'note_long'],
  ])('%s', (_, line, why) => {
    const lines = read(`taskid,name,tags,note\n${A},First\n${line}\n${B},Last`)
    expect(lines.map((one) => one.why)).toEqual([null, why, null])
  })

  test('an ambiguous time is left out, the line is accepted', () => {
    expect(short(`id,sent\n${A},03/04/2026`)).toEqual([[A, {}, 'time_unread']])
  })
})

test('control characters become spaces; a note keeps its lines; repeated and empty tags are dropped', () => {
  const text = `id,name,tags,note\n${A},"a\u0000\nb","x,,x, #x ,\u0007","one\r\ntwo\u0000"`
  expect(short(text)).toEqual([[A, { label: 'a b', tags: ['x'], note: 'one\ntwo' }]])
})

test('the formula prefix of our own export is removed', () => {
  expect(short(`task_id,label,known_by\n${A},'=1+1,api`)).toEqual([[A, { label: '=1+1' }]])
})

test('one import accepts ten thousand lines and no more', () => {
  const text = (n: number) => Array.from({ length: n }, (_, i) => `t${i}`).join('\n')
  expect(read(text(MAX_IMPORT_LINES))).toHaveLength(MAX_IMPORT_LINES)
  expect(readTaskSheet(text(MAX_IMPORT_LINES + 1), { sdkAppId: APP, offsetMin: 0 })).toBeNull()
})

test('any text is read without an error, and every accepted line can be stored', () => {
  const part = fc.oneof(
    fc.constantFrom(
      A,
      B,
      'TaskID',
      '名称',
      '태그',
      'note',
      '"',
      ',',
      ';',
      '\t',
      '\n',
      '\r\n',
      ' ',
      '\ufeff',
      '\0',
      '\ud800',
      '1763618706',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const accepted = read(parts.join('')).filter(({ why }) => why === null)
      for (const { taskId, change } of accepted) {
        expect(taskId).toMatch(/^[\x21-\x7e]{1,64}$/)
        const { sentAt, ...rest } = change
        expect(taskChange.parse(rest)).toEqual(rest)
        if (typeof sentAt === 'number') expect(new Date(sentAt * 1_000).getUTCFullYear()).toBeGreaterThan(2014)
      }
      expect(new Set(accepted.map(({ taskId }) => taskId)).size).toBe(accepted.length)
    }),
    { numRuns: 100 },
  )
})
