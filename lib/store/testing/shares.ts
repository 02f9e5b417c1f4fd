import 'server-only'
import type { Selectable } from 'kysely'
import type { Database } from '@/lib/store/engine/schema'
import { DAY, newApp, T0 } from './rows'

/** Returns the row of a live link that lasts for 400 days. */
export function newShare(over: Partial<Selectable<Database['shares']>> = {}): Selectable<Database['shares']> {
  return {
    id: 'a',
    app_id: newApp().id,
    secret_hash: 'hash',
    name: 'For the partner',
    content: '{}',
    password_hash: null,
    origins: '[]',
    picture: 0,
    owner: 'person:pm',
    created_at: T0,
    ends_at: T0 + 400 * DAY,
    paused_at: null,
    revoked_at: null,
    last_opened_at: null,
    opens: 0,
    frozen: null,
    frozen_at: null,
    sha256: null,
    erased_at: null,
    ...over,
  }
}
