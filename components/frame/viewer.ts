import type { AppReply } from '@/lib/contract/apps'
import { mayRole } from '@/lib/contract/roles'

/** Who is looking, at which of their apps. `app` is null when they have none. */
export interface Viewer {
  person: { name: string; email: string } | null
  apps: AppReply[]
  app: AppReply | null
}

/** The app as an address names it: only when there are several, so that addresses of one app stay short. */
export function appParam({ apps, app }: Viewer): string | null {
  return apps.length > 1 && app ? app.id : null
}

export function mayAdminister({ app }: Viewer): boolean {
  return app !== null && mayRole(app.role, 'admin')
}

export function mayDescribe({ app }: Viewer): boolean {
  return app !== null && mayRole(app.role, 'tasks')
}

export function mayLookUp({ app }: Viewer): boolean {
  return app !== null && mayRole(app.role, 'trace')
}
