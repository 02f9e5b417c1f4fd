import { MAX_IMPORT_LINES, TAG_BREAKS, TASK_LIMITS } from '@/lib/contract/limits'
import { type ImportRow, taskIdText } from '@/lib/contract/tasks'
import { hintsOf } from '@/lib/report/ids/id-hints'
import { type CsvRecord, readCsv } from './read-csv'
import type { TaskChange } from './task-change'
import { columnsOf, delimiterOf, isHead, type SheetColumns } from './task-columns'
import { sheetTime } from './task-time'

/** One line of a pasted text or a sheet: what it says, or why it is refused. Empty cells say nothing. */
export interface SheetLine {
  line: number
  taskId: string
  change: TaskChange
  why: ImportRow['why']
  hints: ImportRow['hints']
}

interface SheetContext {
  sdkAppId: number
  /** Minutes east of UTC at which times without a zone are read. */
  offsetMin: number
}

/** Our own export marks text that would begin a formula; read back it is the text again. */
const MARKED = /^'(?=[=+\-@])/

/**
 * Reads pasted TaskIDs, or the columns of a sheet in any order, with a head or without. Takes any text, never throws, and
 * leaves no line out that is not blank. Null where there are more lines than one import takes.
 */
export function readTaskSheet(text: string, told: SheetContext): SheetLine[] | null {
  const records = readCsv(text, delimiterOf(text))
  const [first] = records
  const head = first && isHead(first) ? first : null
  const body = (head ? records.slice(1) : records).flatMap((record) => (head ? [record] : unpacked(record)))
  if (body.length > MAX_IMPORT_LINES) return null
  const columns = columnsOf(head, body)
  const seen = new Set<string>()
  return body.map((record) => {
    const line = lineOf(record, columns, told)
    if (line.why === null && seen.has(line.taskId)) return { ...line, why: 'twice' }
    if (line.why === null) seen.add(line.taskId)
    return line
  })
}

/** Without a head a line may hold several TaskIDs, or one with its name behind a space. */
function unpacked({ line, cells }: CsvRecord): CsvRecord[] {
  const isTask = (word: string) => hintsOf(word).shape === 'task'
  const words = cells.flatMap((cell) => cell.split(/\s+/)).filter((word) => word !== '')
  if (words.length > 1 && words.every(isTask)) return words.map((word) => ({ line, cells: [word] }))
  const [first = '', ...rest] = cells
  const [id = '', name] = first.split(/\s+(.*)/s)
  return name && isTask(id) ? [{ line, cells: [id, name, ...rest] }] : [{ line, cells }]
}

function lineOf({ line, cells }: CsvRecord, columns: SheetColumns, { sdkAppId, offsetMin }: SheetContext): SheetLine {
  const cell = (column: keyof SheetColumns) => (cells[columns[column] ?? -1] ?? '').replace(MARKED, '')
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

function refusal(taskId: string, said: { label: string; tags: string[]; note: string }): SheetLine['why'] {
  if (taskId === '') return 'no_id'
  if (!taskIdText.safeParse(taskId).success) return 'bad_id'
  if (said.label.length > TASK_LIMITS.label) return 'label_long'
  if (said.note.length > TASK_LIMITS.note) return 'note_long'
  if (said.tags.some((tag) => tag.length > TASK_LIMITS.tag)) return 'tag_long'
  return said.tags.length > TASK_LIMITS.tags ? 'tags_many' : null
}

const clean = (text: string) => text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()
const cleanLines = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, ' ')
    .trim()
const cleanTag = (text: string) => clean(text.replace(/^\s*#/, '').replace(/["\\]/g, ' '))
