import 'server-only'
import type { StageRecord } from '@/lib/contract/records'
import { type Fields, field, integerOf, isFields, type Quarantine, textOf } from './fields'
import { epochOf } from './times'

/** A position inside a device of a trace. */
export interface Place {
  fields: Fields
  path: string
  utcOffsetMin: number
  notes: Quarantine
}

/** Returns null for a missing stage. A stage without a result has the status null: no record. */
export function stageOf(at: Place, name: string): StageRecord | null {
  const stage = placeIn(at, name)
  if (!stage) return null
  const time = timeAt(stage, 'EventTime')
  return {
    status: statusAt(stage),
    code: codeAt(stage),
    text: textAt(stage, 'ErrorInfo'),
    at: time.at,
    atText: time.text,
  }
}

/** Returns the object under this name. Null when it is absent, null or empty; anything else is noted. */
export function placeIn(at: Place, name: string): Place | null {
  const value = field(at.fields, name) ?? null
  const path = `${at.path}.${name}`
  if (value === null) return null
  if (!isFields(value)) return at.notes.note(path, 'is not an object')
  return Object.keys(value).length === 0 ? null : { ...at, fields: value, path }
}

export function textAt(at: Place, name: string): string {
  return textOf(field(at.fields, name), `${at.path}.${name}`, at.notes)
}

/** Empty text means no time. Other text that is not a time is noted and stays as text. */
export function timeAt(at: Place, name: string): { at: number | null; text: string } {
  const text = textAt(at, name)
  const epoch = text === '' ? null : epochOf(text, at.utcOffsetMin)
  if (epoch === null && text !== '') at.notes.note(`${at.path}.${name}`, 'is not a time')
  return { at: epoch, text }
}

function statusAt(at: Place): StageRecord['status'] {
  const value = field(at.fields, 'PushStatus')
  const status = value === '' ? null : integerOf(value)
  if (status === 1) return 'ok'
  if (status === 2) return 'failed'
  return status === null || status === 0 ? null : at.notes.note(`${at.path}.PushStatus`, 'is not a known status')
}

function codeAt(at: Place): number | null {
  const value = field(at.fields, 'ErrorCode')
  const code = value === '' ? null : integerOf(value)
  return code === 'unreadable' ? at.notes.note(`${at.path}.ErrorCode`, 'is not a code') : code
}
