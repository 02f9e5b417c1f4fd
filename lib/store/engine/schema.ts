import 'server-only'
import type { Generated } from 'kysely'

/**
 * The tables, in types both SQLite and PostgreSQL have: integers, text, bytes. Times are epoch seconds, or milliseconds
 * where the name ends in `_ms`. Flags are 0 or 1. Lists are JSON text.
 */
export interface Database {
  settings: { key: string; value: string }
  people: {
    id: string
    email: string
    name: string
    password_hash: string | null
    totp_sealed: string | null
    disabled_at: number | null
    created_at: number
  }
  /** `app_id` '*' grants the role on every app, also on those connected later. */
  grants: { person_id: string; app_id: string; role: string }
  sessions: {
    id_hash: string
    person_id: string
    created_at: number
    seen_at: number
    expires_at: number
    revoked_at: number | null
    address: string
    agent: string
  }
  /** Failed sign-ins per account or address: `subject` is a keyed hash, so that no address is kept in clear. */
  sign_in_failures: { subject: string; failures: number; last_at_ms: number; blocked_until_ms: number }
  tokens: {
    id: string
    name: string
    token_hash: string
    role: string
    app_id: string
    created_by: string
    created_at: number
    expires_at: number | null
    revoked_at: number | null
    last_used_at: number | null
  }
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
    /** When a stop ends by itself; null for one that somebody has to end. */
    stopped_until: number | null
    /** Since when the archive's own work rests. */
    paused_at: number | null
    /** The least time between two calls that an administrator asked for; null where it is the server's. */
    spacing_ms: number | null
    /** 1 where days are kept and hours are not, since hours do not add up to days there. */
    by_day: Generated<number>
    created_at: number
    removed_at: number | null
    /** Grows with every transaction of windows. */
    archive_revision: Generated<number>
  }
  /** One row per app and endpoint; `endpoint` '*' is the shared lane of an app whose lanes were merged. */
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
  calls: { app_id: string; endpoint: string; day: string; code: number; count: number }
  /**
   * One answer of the upstream per question, read whole and written whole: its rows are one JSON list (`window-rows.ts`),
   * which is 5 times faster to read than a table of rows. `counts` null in statistics: the upstream gave this task no record.
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
    /** The fetch that first gave the present counts; with a fetch a day later that agrees the window is final. */
    same_since: number
    /** The latest fetch that gave less than the one before; the answer before it is in `window_answers`. */
    fell_at: number | null
    revision: number
    final: number
    /** 1 for windows kept for good (aligned buckets, lives); the others are pruned some days after their last fetch. */
    kept: number
    unreadable: number
    /** JSON list of loss arrays the upstream left out; '[]' otherwise. */
    absent: string
    counts: string | null
    losses: string | null
  }
  /** Raw answers, compressed: the present one, and each earlier one whose counts later went down. */
  window_answers: { window_id: number; revision: number; fetched_at: number; raw: Uint8Array }
  /** Days at the app's offset (`day` is their begin), kept up to date in the transaction of the windows they sum. */
  daily: {
    app_id: string
    source: string
    day: number
    counts: string
    /** Seconds of the day that are held; 86 400 when nothing is missing. */
    held_s: number
    /** The oldest fetch among the windows summed. */
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
    /** What the list shows as its name, in lower case: its order. */
    label_key: string
    /** Label, ID and note in lower case, a line each: what a search looks through. */
    words: string
  }
  /** What an import replaced: a JSON list of tasks before and after, for as long as it can be taken back. */
  task_imports: { id: string; app_id: string; at: number; changes: string }
  /** What a task's counts were at each fetch: growth curves and comparison at equal age. */
  observations: { app_id: string; task: string; fetched_at: number; counts: string }
  /** Personal data: key, person and answer are sealed, bound to `key_hash`; the hashes are keyed, so that a look-up finds them. */
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
  /** What kept traces failed with, in clear: codes are nobody's. */
  trace_codes: { app_id: string; source: string; key_hash: string; vendor: string; code: string }
  audit: {
    id: Generated<number>
    at: number
    actor: string
    action: string
    app_id: string | null
    subject_hash: string | null
    detail: string
  }
}
