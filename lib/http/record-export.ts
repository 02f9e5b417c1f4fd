import 'server-only'
import { recordExport } from '@/lib/access/audit'
import type { Running } from '@/lib/context'
import { countedPrincipal } from './principal'

/** Returns whether a reply leaves Pushlens as a file. */
export function isExport({ status, headers }: Response): boolean {
  return status === 200 && headers.get('content-disposition') === 'attachment'
}

/**
 * Records an export in the audit: who took which report of which app. `pattern` is the route's, such as
 * `/api/v1/apps/[app]/losses`. Throws `storage_full` like a look-up: what cannot be recorded is not handed out.
 */
export async function recordExportOf(running: Running, request: Request, pattern: string, app?: string): Promise<void> {
  const principal = await countedPrincipal(running, request)
  if (principal.kind === 'anonymous') return
  const report = pattern
    .replace(/^\/api\/v1\/(apps\/\[app\]\/)?/, '')
    .replace(/\/\[\w+\]/g, '')
    .replaceAll('/', '.')
  await recordExport(running.ctx, { app: app === undefined ? null : { id: app }, principal }, report)
}
