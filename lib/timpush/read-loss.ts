import 'server-only'
import { MAX_ID_LENGTH } from '@/lib/contract/limits'
import type { LossRecord, LossRow, LossStage } from '@/lib/contract/records'
import type { Entry } from './entries'
import { countOf, type Fields, field, listOf, NOT_A_COUNT, objectsOf, type Quarantine, textOf } from './fields'
import { addCount } from './read-statistics'
import { carrierOf, taskOf } from './subject'

const LISTS = [
  { name: 'ReadyToSendLoss', stage: 'ready_to_send', by: 'total' },
  { name: 'PostSendDeliveredLoss', stage: 'post_send', by: 'total' },
  { name: 'PlatformReadyToSendLoss', stage: 'ready_to_send', by: 'vendor' },
  { name: 'PlatformPostSendDeliveredLoss', stage: 'post_send', by: 'vendor' },
] as const satisfies { name: string; stage: LossStage; by: 'total' | 'vendor' }[]

export const LOSS_FIELDS: readonly string[] = LISTS.map((list) => list.name)

/** With `overall` the request named no task, so a result without a TaskID is the overall (upstream pages 71895, 71898). */
export function readLosses(entries: Entry[], overall: boolean, notes: Quarantine): LossRecord[] {
  const records = new Map<string, LossRecord>()
  for (const { fields, path } of entries) {
    const task = taskOf(fields, path, overall, notes)
    if (task === null) continue
    if (records.has(task)) notes.note(path, 'is a second result for the same task')
    else records.set(task, readRecord(task, fields, path, notes))
  }
  return [...records.values()]
}

function readRecord(task: string, fields: Fields, path: string, notes: Quarantine): LossRecord {
  const rows: LossRow[][] = []
  const absent: LossRecord['absent'] = []
  for (const { name, stage, by } of LISTS) {
    const here = path + name
    const list = listOf(field(fields, name), here, notes)
    if (list) rows.push(readRows(list, stage, by, here, notes))
    else absent.push({ stage, by })
  }
  return { task, rows: rows.flat(), absent }
}

/** Adds up rows with the same vendor, channel, code and text, because the documentation's samples repeat them. */
function readRows(list: unknown[], stage: LossStage, by: 'total' | 'vendor', path: string, notes: Quarantine) {
  const rows = new Map<string, LossRow>()
  for (const item of objectsOf(list, path, notes)) {
    const about = by === 'vendor' ? carrierOf(item.fields, item.path, notes) : { vendor: null, channel: null }
    const row = about && readRow(item.fields, item.path, notes)
    if (!row) continue
    const key = JSON.stringify([about.vendor, about.channel, row.code, row.text])
    const twin = rows.get(key)
    rows.set(key, { stage, ...about, ...row, count: twin ? addCount(twin.count, row.count) : row.count })
  }
  return [...rows.values()]
}

/**
 * Codes stay text: most vendors send a number, FCM sends a word. Pushes that are counted without a code have the code ''
 * and stay in the sum.
 */
function readRow(fields: Fields, path: string, notes: Quarantine): Pick<LossRow, 'code' | 'text' | 'count'> | null {
  const count = countOf(field(fields, 'ErrCount'))
  const code = codeOf(field(fields, 'ErrCode') ?? null)
  const isNothing = code === '' && count === null
  if (code === null || isNothing || code.length > MAX_ID_LENGTH) return notes.note(`${path}.ErrCode`, 'is not a code')
  if (count === 'unreadable') return notes.note(`${path}.ErrCount`, NOT_A_COUNT)
  return { code: textOf(code, path, notes), text: textOf(field(fields, 'ErrInfo'), `${path}.ErrInfo`, notes), count }
}

function codeOf(value: unknown): string | null {
  if (value === null) return ''
  if (typeof value === 'string') return value.trim() === '' ? '' : value
  return Number.isSafeInteger(value) ? String(value) : null
}
