import { hintsOf } from '@/lib/report/ids/id-hints'
import { type CsvRecord, DELIMITERS, type Delimiter, readCsv } from './read-csv'
import { sheetTime } from './task-time'

/** The column index of each field; null where the sheet has none. */
export type SheetColumns = Record<'taskId' | 'label' | 'tags' | 'note' | 'sentAt', number | null>
type Column = keyof SheetColumns

/** Column titles as people and our own export write them. Compared without case, spaces, underscores and brackets. */
const TITLES: Record<Column, string[]> = {
  taskId: ['taskid', 'id', '任务id', '推送任务id', '任务编号', '작업id', '푸시작업id', '태스크id'],
  label: [
    'name',
    'label',
    'title',
    'campaign',
    'campaignname',
    '名称',
    '任务名称',
    '活动',
    '活动名称',
    '推送名称',
    '标题',
    '이름',
    '캠페인',
    '캠페인명',
    '캠페인이름',
    '제목',
    '작업명',
  ],
  tags: ['tags', 'tag', '标签', '태그'],
  note: [
    'note',
    'notes',
    'comment',
    'comments',
    'remark',
    'remarks',
    'description',
    '备注',
    '说明',
    '메모',
    '비고',
    '설명',
  ],
  sentAt: [
    'sentat',
    'sent',
    'senttime',
    'sendtime',
    'sendingtime',
    'time',
    'date',
    '发送时间',
    '推送时间',
    '时间',
    '日期',
    '발송시간',
    '발송시각',
    '발송일시',
    '발송일',
    '시간',
    '날짜',
    '일시',
  ],
}
const SAMPLE_LINES = 50
const SAMPLE_CHARS = 50_000

const isTaskId = (cell: string) => hintsOf(cell).shape === 'task'

function columnNamed(cell: string): Column | null {
  if (cell.length > 40) return null
  const name = cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]*\)|[\s_-]/g, '')
  return (Object.keys(TITLES) as Column[]).find((column) => TITLES[column].includes(name)) ?? null
}

/** Returns whether a first line is a header: it names the ID, or at least two other columns. */
export function isHeader({ cells }: CsvRecord): boolean {
  const named = cells.map(columnNamed)
  return named.includes('taskId') || named.filter((name) => name !== null).length > 1
}

/**
 * Returns the delimiter that gives most of the first lines a TaskID or a header; among equals, the one with most cells.
 */
export function delimiterOf(text: string): Delimiter {
  const sample = text
    .slice(0, SAMPLE_CHARS)
    .split(/\r\n|\r|\n/, SAMPLE_LINES)
    .join('\n')
  const judged = DELIMITERS.map((delimiter) => {
    const records = readCsv(sample, delimiter)
    const matches = records.filter((record, i) => record.cells.some(isTaskId) || (i === 0 && isHeader(record))).length
    return { delimiter, matches, cells: records[0]?.cells.length ?? 0 }
  })
  return judged.sort((a, b) => b.matches - a.matches || b.cells - a.cells)[0]?.delimiter ?? ','
}

/**
 * Assigns columns by the header where there is one. Otherwise the ID is the column whose cells most often look like
 * one, the sending time is the first other column with only times, and the rest are name, tags and note in this order.
 */
export function columnsOf(header: CsvRecord | null, body: CsvRecord[]): SheetColumns {
  const named = header?.cells.map(columnNamed) ?? []
  const place = (column: Column) => (named.includes(column) ? named.indexOf(column) : null)
  const taskId = place('taskId') ?? mostLikelyIdColumn(body)
  if (header)
    return { taskId, label: place('label'), tags: place('tags'), note: place('note'), sentAt: place('sentAt') }
  const width = Math.max(0, ...body.slice(0, SAMPLE_LINES).map(({ cells }) => cells.length))
  const others = Array.from({ length: width }, (_, i) => i).filter((i) => i !== taskId)
  const sentAt = others.find((i) => isTime(body, i)) ?? null
  const [label = null, tags = null, note = null] = others.filter((i) => i !== sentAt)
  return { taskId, label, tags, note, sentAt }
}

function mostLikelyIdColumn(body: CsvRecord[]): number {
  const seen = new Map<number, number>()
  for (const { cells } of body.slice(0, SAMPLE_LINES)) {
    cells.forEach((cell, i) => {
      if (isTaskId(cell)) seen.set(i, (seen.get(i) ?? 0) + 1)
    })
  }
  return [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
}

function isTime(body: CsvRecord[], column: number): boolean {
  const cells = body
    .slice(0, SAMPLE_LINES)
    .map(({ cells }) => cells[column] ?? '')
    .filter((cell) => cell !== '')
  return cells.length > 0 && cells.every((cell) => sheetTime(cell, 0) !== null)
}
