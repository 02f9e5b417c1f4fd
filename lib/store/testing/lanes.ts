import 'server-only'
import { sql, type Updateable } from 'kysely'
import type { Db } from '@/lib/store/engine/open'
import type { Database } from '@/lib/store/engine/schema'
import type { AcquireRequest } from '@/lib/store/lanes/lane-rows'
import { apps } from '@/lib/store/people/apps'
import { newApp } from './rows'

/** Far longer than a busy machine needs between two statements. */
export const SPACING = 60_000
export const LEASE = 600_000

export async function addApp(db: Db, id = 'app'): Promise<void> {
  await apps(db).upsert(newApp({ id }))
}

export async function changeApp(db: Db, values: Updateable<Database['apps']>, id = 'app'): Promise<void> {
  await db.updateTable('apps').set(values).where('id', '=', id).execute()
}

/** Lets time pass for an app's lanes on either database, by moving all of their times into the past. */
export async function elapse(db: Db, ms: number, appId = 'app'): Promise<void> {
  await sql`update lanes set next_at_ms = next_at_ms - ${ms}, expires_at_ms = expires_at_ms - ${ms},
    paused_until_ms = paused_until_ms - ${ms}, interactive_at_ms = interactive_at_ms - ${ms},
    slow_down_at_ms = slow_down_at_ms - ${ms} where app_id = ${appId}`.execute(db)
}

export function acquireRequest(change: Partial<AcquireRequest> = {}): AcquireRequest {
  return {
    appId: 'app',
    lane: 'normal_push_loss',
    endpoint: 'normal_push_loss',
    owner: 'one',
    leaseMs: LEASE,
    spacingMs: SPACING,
    interactive: false,
    moreInteractive: false,
    ...change,
  }
}
