import type { AppReply, CollectingReply } from '@/lib/contract/apps'
import type { ProblemNote } from '@/lib/contract/freshness'
import { mayRole } from '@/lib/contract/roles'
import { SETTINGS_OF_ONE_APP, SETTINGS_PAGES } from '@/lib/contract/settings-pages'

/** The viewer and the app on this page. `app` is null when the viewer has none. */
export interface Viewer {
  person: { name: string; email: string } | null
  apps: AppReply[]
  app: AppReply | null
  /** The person administers all apps, also apps that are connected later. */
  administersAll?: boolean
  /** The disk is full: nothing can be stored. */
  full?: boolean
  /** Why the app's calls have stopped. */
  stopped?: ProblemNote | null
  /** The state of data collection for the app. */
  collecting?: CollectingReply | null
  /** An administrator has set a minimum time between calls. */
  paced?: boolean
}

/** Returns the app for an address. It is null when there is only one, so that addresses stay short. */
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

/** Returns the pages of the settings that the viewer may open. */
export function settingsPages(viewer: Viewer) {
  return SETTINGS_PAGES.filter(({ key, ability }) => {
    if (ability === null) return true
    const role = SETTINGS_OF_ONE_APP.includes(key) ? viewer.app?.role : viewer.administersAll && 'admin'
    return role ? mayRole(role, ability) : false
  })
}
