import { MAX_IMPORT_LINES, TAG_BREAKS, TASK_LIMITS } from '@/lib/contract/limits'
import { FORMULA_PREFIX } from '@/lib/contract/sheets'
import { type ImportRow, taskIdText } from '@/lib/contract/tasks'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { type CsvRecord, readCsv } from './read-csv'
import type { TaskChange } from './task-change'
import { columnsOf, delimiterOf, isHeader, type SheetColumns } from './task-columns'
import { sheetTime } from './task-time'

/** One line of a pasted text or a sheet: its content, or why it is refused. An empty cell changes nothing. */
export interface SheetLine {
  line: number
  taskId: string
  change: TaskChange
  why: ImportRow['why']
  hints: ImportRow['hints']
}

interface SheetContext {
  sdkAppId: number
  /** Minutes east of UTC for times without a zone. */
  offsetMin: number
}

/**
 * Reads pasted TaskIDs, or a sheet with columns in any order, with or without a header. Accepts any text and never
 * throws. Every line that is not blank is in the result. Null where there are more lines than one import accepts.
 */
export function readTaskSheet(text: string, context: SheetContext): SheetLine[] | null {
  const records = readCsv(text, delimiterOf(text))
  const [first] = records
  const header = first && isHeader(first) ? first : null
  const body = (header ? records.slice(1) : records).flatMap((record) => (header ? [record] : splitIds(record)))
  if (body.length > MAX_IMPORT_LINES) return null
  const columns = columnsOf(header, body)
  const seen = new Set<string>()
  return body.map((record) => {
    const line = lineOf(record, columns, context)
    if (line.why === null && seen.has(line.taskId)) return { ...line, why: 'twice' }
    if (line.why === null) seen.add(line.taskId)
    return line
  })
}

/** Splits a line without a header: it may contain several TaskIDs, or one TaskID and its name after a space. */
function splitIds({ line, cells }: CsvRecord): CsvRecord[] {
  const isTask = (word: string) => hintsOf(word).shape === 'task'
  const words = cells.flatMap((cell) => cell.split(/\s+/)).filter((word) => word !== '')
  if (words.length > 1 && words.every(isTask)) return words.map((word) => ({ line, cells: [word] }))
  const [first = '', ...rest] = cells
  const [id = '', name] = first.split(/\s+(.*)/s)
  return name && isTask(id) ? [{ line, cells: [id, name, ...rest] }] : [{ line, cells }]
}

function lineOf({ line, cells }: CsvRecord, columns: SheetColumns, { sdkAppId, offsetMin }: SheetContext): SheetLine {
  const cell = (column: keyof SheetColumns) => (cells[columns[column] ?? -1] ?? '').replace(FORMULA_PREFIX, '')
  const taskId = cell('taskId')
  const [label, note, time] = [clean(cell('label')), cleanLines(cell('note')), cell('sentAt')]
  const tags = [
    ...new Set(
      cell('tags')
        .split(TAG_BREAKS)
        .map(cleanTag)
        .filter((tag) => tag !== ''),
    ),
  ]
  const sentAt = time === '' ? null : sheetTime(time, offsetMin)
  const change: TaskChange = {
    ...(label === '' ? {} : { label }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(note === '' ? {} : { note }),
    ...(sentAt === null ? {} : { sentAt }),
  }
  const hint = hintsOf(taskId)
  const hints: SheetLine['hints'] = []
  if (hint.shape !== 'task') hints.push('unlike')
  else if (hint.sdkAppId !== sdkAppId) hints.push('other_app')
  if (time !== '' && sentAt === null) hints.push('time_unread')
  const why = refusal(taskId, { label, tags, note })
  return { line, taskId, change, why, hints: why === null ? hints : [] }
}

function refusal(taskId: string, fields: { label: string; tags: string[]; note: string }): SheetLine['why'] {
  if (taskId === '') return 'no_id'
  if (!taskIdText.safeParse(taskId).success) return 'bad_id'
  if (fields.label.length > TASK_LIMITS.label) return 'label_long'
  if (fields.note.length > TASK_LIMITS.note) return 'note_long'
  if (fields.tags.some((tag) => tag.length > TASK_LIMITS.tag)) return 'tag_long'
  return fields.tags.length > TASK_LIMITS.tags ? 'tags_many' : null
}

const clean = (text: string) => text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()
const cleanLines = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, ' ')
    .trim()
const cleanTag = (text: string) => clean(text.replace(/^\s*#/, '').replace(/["\\]/g, ' '))
