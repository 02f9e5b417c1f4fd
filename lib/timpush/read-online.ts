import 'server-only'
import type { OnlineRecord } from '@/lib/contract/records'
import type { Entry } from './entries'
import { type Fields, field, listOf, objectsOf, type Quarantine, textOf } from './fields'

const STATES = { online: 'online', pushonline: 'push_online', offline: 'offline' } as const
type State = OnlineRecord['state']

export const ONLINE_FIELDS: readonly string[] = ['QueryResult', 'ErrorList']

/** Users in `ErrorList` (mostly 70107) get the state null: Tencent has none (upstream page 35477). */
export function readOnline(entries: Entry[], notes: Quarantine): OnlineRecord[] {
  const people = new Map<string, OnlineRecord>()
  for (const entry of entries) {
    for (const item of itemsOf(entry.fields, 'QueryResult', entry.path, notes)) {
      const userId = userOf(item.fields, item.path, notes)
      if (userId === null || people.has(userId)) continue
      people.set(userId, {
        userId,
        state: stateOf(item.fields, item.path, notes),
        platforms: itemsOf(item.fields, 'Detail', `${item.path}.`, notes).map((detail) => ({
          platform: textOf(field(detail.fields, 'Platform'), `${detail.path}.Platform`, notes),
          state: stateOf(detail.fields, detail.path, notes),
        })),
      })
    }
    for (const item of itemsOf(entry.fields, 'ErrorList', entry.path, notes)) {
      const userId = userOf(item.fields, item.path, notes)
      if (userId !== null && !people.has(userId)) people.set(userId, { userId, state: null, platforms: [] })
    }
  }
  return [...people.values()]
}

function itemsOf(fields: Fields, name: string, path: string, notes: Quarantine) {
  const here = path + name
  return objectsOf(listOf(field(fields, name), here, notes) ?? [], here, notes)
}

function userOf(fields: Fields, path: string, notes: Quarantine): string | null {
  const user = field(fields, 'To_Account', 'UserID', 'UserId')
  return typeof user === 'string' && user !== '' ? user : notes.note(`${path}.To_Account`, 'is not a user')
}

/** The field is `State` for a user and `Status` for a platform. */
function stateOf(fields: Fields, path: string, notes: Quarantine): State {
  const text = textOf(field(fields, 'State', 'Status'), `${path}.State`, notes).toLowerCase()
  if (text === 'online' || text === 'pushonline' || text === 'offline') return STATES[text]
  return notes.note(`${path}.State`, 'is not a known state')
}
