import 'server-only'
import { createHmac, randomBytes } from 'node:crypto'
import { PushlensError } from '@/lib/contract/errors'
import type { TraceQuery, TraceReply } from '@/lib/contract/traces'
import type { Context } from '@/lib/service/context'
import { HELD } from '@/lib/service/read/freshness'
import { readReporting } from '@/lib/service/read/read-receipts'
import { findTrace, makeTraceKey, type StoredTrace } from '@/lib/service/read/stored-trace'
import { traceReport } from '@/lib/service/read/trace-report'
import type { AppRow } from '@/lib/store/people/apps'
import { pathOf } from '@/lib/timpush/request'

interface Lookup {
  app: AppRow
  query: TraceQuery
  pseudonyms: boolean
}

/** Stands for an identifier where pseudonyms are not wanted. */
const LEFT_OUT = '…'
/** Names of fields of Tencent's answers that hold a UserID. */
const ACCOUNT = /^(to_?account|from_?account|user_?id|account)$/i
/** A shorter identifier would be found in ordinary words. */
const LEAST = 3

/**
 * Returns a stored look-up for a frozen link, without UserIDs, device IDs and tokens, also where a text of Tencent's
 * repeats one. With `pseudonyms` each is replaced by a name of its own, which means nothing outside of this link. Requests
 * nothing; throws `not_found` if nobody looked it up before. `people` are those whom it is about, for their erasure.
 */
export async function sharedLookup(
  ctx: Context,
  { app, query, pseudonyms }: Lookup,
): Promise<{ trace: TraceReply; people: string[] }> {
  const key = makeTraceKey(ctx, query)
  const stored = await findTrace(ctx, app, key)
  if (!stored) throw new PushlensError('not_found', 'the look-up is not stored', 'query')
  const { reporting } = await readReporting(ctx, app, key.source)
  const report = traceReport(stored, { key, sdkAppId: app.sdkAppId, reporting, nowS: ctx.clock.dataS() })
  const accounts = [...new Set([...(query.userId === undefined ? [] : [query.userId]), ...accountsIn(stored.raw)])]
  const names = namesOf(stored, accounts, pseudonyms)
  const { userId: _, ...ids } = query
  const trace: TraceReply = {
    ...hideAll(report, names),
    devices: report.devices.map((device, i) => {
      const { instance = '', token = '' } = stored.devices[i] ?? {}
      const without = hideAll(device, names)
      return { ...without, instance: names.get(instance) ?? '', token: names.get(token) ?? '' }
    }),
    // The raw answer is full of identifiers that nobody has named yet.
    raw: null,
    request: {
      path: pathOf(key.question.endpoint),
      body: { ...ids, ...(query.userId === undefined ? {} : { userId: names.get(query.userId) ?? LEFT_OUT }) },
    },
    receivedAt: null,
    origin: 'archive',
    freshness: HELD,
  }
  const people = [...(key.personHash ? [key.personHash] : []), ...accounts.map((id) => ctx.vault.hash('person', id))]
  return { trace, people: [...new Set(people)] }
}

function accountsIn(raw: string): string[] {
  const found: string[] = []
  try {
    JSON.parse(raw, (name, value: unknown) => {
      if (ACCOUNT.test(name) && typeof value === 'string' && value !== '') found.push(value)
      return value
    })
  } catch {
    return found
  }
  return found
}

/** Returns what each identifier is replaced by. The key of the pseudonyms is thrown away, so nobody can test a guess. */
function namesOf({ devices }: StoredTrace, accounts: string[], pseudonyms: boolean): Map<string, string> {
  const key = randomBytes(32)
  const names = new Map<string, string>()
  const add = (kind: string, id: string) => {
    if (id === '' || names.has(id)) return
    const digest = createHmac('sha256', key).update(`${kind} ${id}`).digest('hex').slice(0, 8)
    names.set(id, pseudonyms ? `${kind}-${digest}` : LEFT_OUT)
  }
  for (const id of accounts) add('user', id)
  for (const { instance, token } of devices) {
    add('device', instance)
    add('token', token)
  }
  return names
}

/** Replaces identifiers in every text of a report, the longest first: one may be a part of another. */
function hideAll<T>(report: T, names: ReadonlyMap<string, string>): T {
  const ids = [...names.keys()].filter((id) => id.length >= LEAST).sort((a, b) => b.length - a.length)
  const hide = (text: string) => ids.reduce((all, id) => all.replaceAll(id, names.get(id) ?? LEFT_OUT), text)
  const text = JSON.stringify(report, (_name, value: unknown) => (typeof value === 'string' ? hide(value) : value))
  return JSON.parse(text) as T
}
