import type { AppReply, CollectingReply } from '@/lib/contract/apps'
import type { ProblemNote } from '@/lib/contract/freshness'
import { mayRole } from '@/lib/contract/roles'

/** Who is looking, at which of their apps. `app` is null when they have none. */
export interface Viewer {
  person: { name: string; email: string } | null
  apps: AppReply[]
  app: AppReply | null
  /** The disk has no room for another write. */
  full?: boolean
  /** Why the app's calls have stopped. */
  stopped?: ProblemNote | null
  /** How the archive's own work for the app stands. */
  collecting?: CollectingReply | null
}

/** The app as an address names it: only when there are several, so that addresses of one app stay short. */
export function appParam({ apps, app }: Viewer): string | null {
  return apps.length > 1 && app ? app.id : null
}

export function mayAdminister({ app }: Viewer): boolean {
  return app !== null && mayRole(app.role, 'admin')
}

export function mayEdit({ app }: Viewer): boolean {
  return app !== null && mayRole(app.role, 'tasks')
}

export function mayLookUp({ app }: Viewer): boolean {
  return app !== null && mayRole(app.role, 'trace')
}
