import 'server-only'
import { findEntries } from './entries'
import { isFields, Quarantine } from './fields'
import { parseJson } from './json'
import { failureOf, unreadable } from './outcome'
import type { Answer, Question, Records } from './question'
import { LOSS_FIELDS, readLosses } from './read-loss'
import { ONLINE_FIELDS, readOnline } from './read-online'
import { readStatistics, STATISTICS_FIELDS } from './read-statistics'
import { readTrace, TRACE_FIELDS } from './read-trace'

/**
 * Reads the text of an answer into records. Throws `UpstreamError` for a reported failure and for text that is no answer.
 * Smaller unreadable parts are omitted and listed in `quarantined`.
 */
export function readAnswer(question: Question, raw: string, utcOffsetMin: number): Answer {
  const parsed = parseJson(raw)
  if (!parsed) throw unreadable(question.endpoint, 'it is not JSON')
  if (!isFields(parsed.value)) throw unreadable(question.endpoint, 'it is not an object')
  const failure = failureOf(question.endpoint, parsed.value)
  if (failure) throw failure
  const notes = new Quarantine()
  const records = readRecords(question, parsed.value, utcOffsetMin, notes)
  return { ...records, raw, quarantined: notes.list }
}

function readRecords(
  question: Question,
  answer: Record<string, unknown>,
  utcOffsetMin: number,
  notes: Quarantine,
): Records {
  const overall = !('tasks' in question) || question.tasks.length === 0
  switch (question.endpoint) {
    case 'all_member_push_statistics':
    case 'normal_push_statistics':
      return {
        kind: 'statistics',
        results: readStatistics(findEntries(answer, STATISTICS_FIELDS, notes), overall, notes),
      }
    case 'all_member_push_loss':
    case 'normal_push_loss':
      return { kind: 'loss', results: readLosses(findEntries(answer, LOSS_FIELDS, notes), overall, notes) }
    case 'all_member_push_trace':
    case 'normal_push_trace':
      return { kind: 'trace', devices: readTrace(findEntries(answer, TRACE_FIELDS, notes), utcOffsetMin, notes) }
    case 'query_online_status':
      return { kind: 'online', people: readOnline(findEntries(answer, ONLINE_FIELDS, notes), notes) }
  }
}
