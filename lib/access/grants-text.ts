import 'server-only'
import type { GrantRow } from '@/lib/store/people/administrators'

/** Returns roles as one line for the audit, such as `*:viewer 1400187352:support`. */
export function grantsText(grants: GrantRow[]): string {
  return grants.map(({ app_id, role }) => `${app_id}:${role}`).join(' ')
}
