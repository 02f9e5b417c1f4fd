import pg from 'pg'
import type { Arrival } from './emulator-process'

/** One change that the database has recorded. Times are its clock's, in epoch milliseconds. */
interface Change {
  what: 'collector' | 'lane'
  name: string
  owner: string
  atMs: number
  expiresMs: number
}

export interface History {
  changes(): Promise<Change[]>
  rows(query: string): Promise<Record<string, unknown>[]>
  end(): Promise<void>
}

const NOW = 'extract(epoch from clock_timestamp()) * 1000'
/** Records who held which lease, in the transaction that took it. The product knows nothing of it. */
const RECORD = `
  create table seen (id bigserial, what text, name text, owner text, at_ms double precision, expires_ms double precision);
  create function see_lease() returns trigger language plpgsql as $$ begin
    insert into seen (what, name, owner, at_ms, expires_ms)
      values ('collector', new.name, new.owner, ${NOW}, new.expires_at_ms);
    return null; end $$;
  create function see_lane() returns trigger language plpgsql as $$ begin
    insert into seen (what, name, owner, at_ms, expires_ms)
      values ('lane', new.endpoint, new.owner, new.started_at_ms, new.expires_at_ms);
    return null; end $$;
  create trigger see after insert or update on leases for each row when (new.name = 'collector') execute function see_lease();
  create trigger see after update on lanes for each row
    when (new.owner is not null and new.started_at_ms is distinct from old.started_at_ms) execute function see_lane();`

export async function recordHistory(url: string): Promise<History> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(RECORD)
  const rows = async (query: string) => (await client.query(query)).rows as Record<string, unknown>[]
  return {
    rows,
    async changes() {
      const found = await rows('select * from seen order by id')
      return found.map(({ what, name, owner, at_ms, expires_ms }) => ({
        what: what === 'lane' ? 'lane' : 'collector',
        name: String(name),
        owner: String(owner),
        atMs: Number(at_ms),
        expiresMs: Number(expires_ms),
      }))
    },
    end: () => client.end(),
  }
}

export interface Window {
  endpoint: string
  from: number
  to: number
}

/** Returns the aligned window that a call was for; null for another call. Only the collector fetches these here. */
export function collectedWindow({ endpoint, body }: Arrival): Window | null {
  const { StartTime: from, EndTime: to } = JSON.parse(body ?? '{}') as { StartTime?: number; EndTime?: number }
  return from === undefined || to === undefined || from % 3_600 !== 0 ? null : { endpoint, from, to }
}

/** Returns in words what broke the rule that one replica collects at a time. */
export function brokenTurns(changes: Change[], arrivals: (Arrival & { wallMs: number })[]): string[] {
  const turns = changes.filter(({ what }) => what === 'collector')
  const overlaps = turns.slice(1).flatMap((turn, i) => {
    const before = turns[i]
    const isFree = !before || before.owner === turn.owner || before.expiresMs <= turn.atMs
    return isFree ? [] : [`${turn.owner} took over ${before.expiresMs - turn.atMs} ms too early`]
  })
  const [first] = turns
  if (!first) return ['nobody collected']
  const lanes = changes.filter(({ what }) => what === 'lane')
  // The recording begins while they collect.
  const recorded = arrivals.filter((arrival) => collectedWindow(arrival) && arrival.wallMs > first.atMs + 1_000)
  const strangers = recorded.flatMap((arrival) => {
    const lease = lanes.findLast(({ name, atMs }) => name === arrival.endpoint && atMs <= arrival.wallMs + 1)
    const turn = turns.findLast(({ atMs }) => lease !== undefined && atMs <= lease.atMs + 1)
    const isCollector = turn !== undefined && turn.owner === lease?.owner
    return isCollector ? [] : [`${lease?.owner} called ${arrival.endpoint}, but ${turn?.owner} collected`]
  })
  return [...overlaps, ...strangers]
}
