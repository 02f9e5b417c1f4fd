import 'server-only'
import type { Generated } from 'kysely'
import type { PeopleTables } from './schema-people'
import type { ShareTables } from './schema-shares'

/**
 * The tables, in types that both SQLite and PostgreSQL have: integers, text, bytes. Times are epoch seconds, or
 * milliseconds if the name ends in `_ms`. Flags are 0 or 1. Lists are JSON text.
 */
export interface Database extends PeopleTables, ShareTables {
  settings: { key: string; value: string }
  apps: {
    id: string
    sdk_app_id: number
    name: string
    region: string
    base_url: string | null
    admin_id: string
    utc_offset_min: number
    origin: string
    demo: number
    data_key: string
    key_sealed: string
    key_fingerprint: string
    lanes_merged: number
    stopped_code: string | null
    stopped_upstream_code: number | null
    stopped_at: number | null
    /** When a stop ends by itself; null if a person must end it. */
    stopped_until: number | null
    /** Since when collecting is paused. */
    paused_at: number | null
    /** The minimum time between two calls that an administrator set; null to use the server's. */
    spacing_ms: number | null
    /** 1 to collect days and not hours, because this app's hours do not add up to its days. */
    by_day: Generated<number>
    created_at: number
    removed_at: number | null
    /** Increases with every transaction that saves windows. */
    archive_revision: Generated<number>
    /** 1 until an administrator has connected the app: its key is not checked yet, and nothing is collected. */
    draft: Generated<number>
    /** The place in lists. Apps with the same place are sorted by age. */
    place: Generated<number>
    /** Nothing from before this time is collected; null to collect everything that Tencent has. */
    fill_from: number | null
    /** Names of the channels that Tencent does not name, as a JSON object by vendor. */
    channel_names: Generated<string>
  }
  /** One row per app and endpoint. `endpoint` '*' is the shared lane of an app whose lanes were merged. */
  lanes: {
    app_id: string
    endpoint: string
    owner: string | null
    started_at_ms: number | null
    expires_at_ms: number | null
    next_at_ms: number
    spacing_ms: number
    failures: number
    paused_until_ms: number | null
    problem_code: string | null
    problem_upstream_code: number | null
    problem_since_ms: number | null
    slow_down_at_ms: number | null
    interactive_at_ms: number | null
    last_call_at_ms: number | null
  }
  /**
   * Who holds what for a moment, such as collecting. `term` grows with each change of the owner. Times are the database's on
   * PostgreSQL. Rows of this table belong to running processes and are not copied to another database.
   */
  leases: { name: string; owner: string; term: number; expires_at_ms: number }
  calls: {
    app_id: string
    endpoint: string
    day: string
    code: number
    count: number
    last_at_ms: Generated<number | null>
  }
  /**
   * One upstream answer per request, read and written as a whole. Its rows are one JSON list (`window-rows.ts`), which
   * reads 5 times faster than a table of rows. `counts` null in statistics: the upstream returned no record of this
   * task.
   */
  windows: {
    id: Generated<number>
    app_id: string
    source: string
    metric: string
    task: string
    from_s: number
    to_s: number
    fetched_at: number
    /** The fetch that first returned the current counts. If a fetch a day later agrees, the window is final. */
    same_since: number
    /** The latest fetch that returned lower counts. `window_answers` keeps the answer before it. */
    fell_at: number | null
    revision: number
    final: number
    /**
     * 1 for windows that are kept for good (aligned buckets, lives). Others are pruned some days after their last
     * fetch.
     */
    kept: number
    unreadable: number
    /** JSON list of the loss arrays that the upstream left out; '[]' if none. */
    absent: string
    counts: string | null
    losses: string | null
  }
  /** Compressed raw answers: the current one, and each earlier one whose counts later decreased. */
  window_answers: { window_id: number; revision: number; fetched_at: number; raw: Uint8Array }
  /** Days at the app's offset (`day` is their start), updated in the transaction of the windows they sum. */
  daily: {
    app_id: string
    source: string
    day: number
    counts: string
    /** Seconds of the day that are stored; 86 400 if nothing is missing. */
    held_s: number
    /** The oldest fetch among the summed windows. */
    as_of: number
    final: number
  }
  known_reasons: {
    app_id: string
    source: string
    stage: string
    code: string
    until_s: number
    note: string
    base_count: number | null
    base_days: number
  }
  tasks: {
    app_id: string
    task_id: string
    label: string
    tags: string
    note: string
    sent_at: number | null
    known_by: string
    created_at: number
    /** The name shown in the list, in lower case. The list is sorted by it. */
    label_key: string
    /** Label, ID, note and tags in lower case, one per line. Searches read it. */
    words: string
  }
  /** Notes on an app's charts. `source` null: of both sources. `author` is as in the audit. */
  annotations: {
    id: string
    app_id: string
    source: string | null
    at: number
    text: string
    author: string
    created_at: number
  }
  /** Addresses that people saved. `query` is the address's query without the app, as `links.ts` writes it. */
  saved_views: {
    id: string
    person_id: string
    app_id: string
    name: string
    page: string
    query: string
    created_at: number
  }
  /** The view that opens at `/`. */
  start_views: { person_id: string; view_id: string }
  /** What an import replaced: a JSON list of tasks before and after, stored while the import can be undone. */
  task_imports: { id: string; app_id: string; at: number; changes: string }
  /** The counts of a task at each fetch, for growth curves and comparison at equal age. */
  observations: { app_id: string; task: string; fetched_at: number; counts: string }
  /**
   * Personal data. Key, person and answer are sealed and bound to `key_hash`. The hashes are keyed, so that a look-up
   * finds them.
   */
  traces: {
    app_id: string
    source: string
    key_hash: string
    person_hash: string | null
    key_sealed: string
    body_sealed: string
    fetched_at: number
    revision: number
  }
  /** The codes of stored traces, in clear text: they are not personal data. */
  trace_codes: { app_id: string; source: string; key_hash: string; vendor: string; code: string }
  audit: {
    id: Generated<number>
    at: number
    actor: string
    action: string
    app_id: string | null
    subject_hash: string | null
    detail: string
    /** The network that the request came from; null for the command line and for entries from before it was recorded. */
    address: string | null
    /** Covers all other columns and the hash of the entry before. */
    hash: string
  }
  /** Failed sign-ins per hour (its start), person (`''`: no such account) and network. Old rows are deleted. */
  failed_sign_ins: { hour: number; person_id: string; address: string; count: number }
}
