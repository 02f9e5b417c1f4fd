import { failed, type Json, type JsonObject } from './answers'
import type { Fault } from './faults'

/** Changes the content of an answer as the fault says. Transport faults leave it unchanged. */
export function applyFault(answer: JsonObject, fault: Fault): JsonObject {
  switch (fault.kind) {
    case 'code':
      return failed(fault.code ?? 91000, fault.text ?? 'request error')
    case 'decreasing':
      return mapCounts(answer, (count) => Math.floor(count * (fault.factor ?? 0.9)))
    case 'late':
      return mapRows(answer, (rows) => rows.map((row) => mapCounts(row, (count) => count + (fault.extra ?? 10))))
    case 'unknownPlatform':
      return mapRows({ ...answer, RequestId: 'a-field-of-tomorrow' }, (rows) => [
        ...rows,
        ...rows
          .filter((row) => 'PushPlatform' in row)
          .slice(-1)
          .map((row) => ({ ...row, PushPlatform: fault.platform ?? 9, ShowCount: 1 })),
      ])
    case 'missingArrays':
      return withoutArrays(answer)
    case 'duplicateRows':
      return mapRows(answer, (rows) => rows.flatMap(splitInHalves))
    case 'numbersAsStrings':
      return swapNumbersAndText(answer)
    case 'strangeText':
      return withStrangeText(answer, fault.text ?? '<script>')
    default:
      return answer
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCount = (key: string) => /Count$/.test(key)
/** The lists that count per platform or code. `Results` wraps them. */
const isList = (key: string) => key === 'PlatformStatistics' || /Loss$/.test(key)

/** Returns a copy with every field, at any depth, passed through `change`. */
function mapFields(object: JsonObject, change: (key: string, value: Json) => Json): JsonObject {
  const inside = (value: Json): Json =>
    Array.isArray(value) ? value.map(inside) : isObject(value) ? mapFields(value, change) : value
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, inside(value))]))
}

function mapCounts(object: JsonObject, change: (count: number) => number): JsonObject {
  return mapFields(object, (key, value) => (isCount(key) && typeof value === 'number' ? change(value) : value))
}

/** Changes the rows of every list, and adjusts the totals beside PlatformStatistics by the difference. */
function mapRows(answer: JsonObject, change: (rows: JsonObject[]) => JsonObject[]): JsonObject {
  const result = (object: JsonObject): JsonObject => {
    const changed = Object.entries(object).map(([key, value]): [string, Json] => {
      if (key === 'Results' && Array.isArray(value)) return [key, value.filter(isObject).map(result)]
      return [key, isList(key) && Array.isArray(value) ? change(value.filter(isObject)) : value]
    })
    return adjustTotals(object, Object.fromEntries(changed))
  }
  return result(answer)
}

function adjustTotals(before: JsonObject, after: JsonObject): JsonObject {
  const sum = (object: JsonObject, field: string) => {
    const rows = Array.isArray(object.PlatformStatistics) ? object.PlatformStatistics.filter(isObject) : []
    return rows.reduce((total, row) => total + Number(row[field] ?? 0), 0)
  }
  const adjusted = Object.entries(after).map(([key, value]): [string, Json] => {
    const total = isCount(key) && typeof value === 'number'
    return [key, total ? value + sum(after, key) - sum(before, key) : value]
  })
  return Object.fromEntries(adjusted)
}

/** Returns two rows with the same key that add up to the original. */
function splitInHalves(row: JsonObject): JsonObject[] {
  const one = mapCounts(row, (count) => Math.floor(count / 2))
  return [one, mapCounts(row, (count) => count - Math.floor(count / 2))]
}

function withoutArrays(answer: JsonObject): JsonObject {
  const kept = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([key, value]): [string, Json][] => {
        if (key === 'PlatformStatistics' || key === 'PostSendDeliveredLoss') return []
        return [[key, key.startsWith('Platform') ? null : value]]
      }),
    )
  const result = kept(answer)
  if (Array.isArray(answer.Results)) result.Results = answer.Results.filter(isObject).map(kept)
  return result
}

const LONGEST_CODE = 200

/** Replaces the text beside each code and appends it to the code: callers must trust neither. */
function withStrangeText(answer: JsonObject, text: string): JsonObject {
  return mapFields(answer, (key, value) => {
    if (key === 'ErrInfo' && value !== 'success') return text
    return key === 'ErrCode' ? `${value} ${text}`.slice(0, LONGEST_CODE) : value
  })
}

/** Turns counts into text and textual codes into numbers, as some real answers do. */
function swapNumbersAndText(answer: JsonObject): JsonObject {
  return mapFields(answer, (key, value) => {
    if (isCount(key)) return String(value)
    return key === 'ErrCode' && /^-?\d+$/.test(String(value)) ? Number(value) : value
  })
}
