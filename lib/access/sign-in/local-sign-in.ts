import 'server-only'
import { BY_COMMAND_LINE, recordAuditAs } from '@/lib/access/audit'
import { type AccessDeps, wallS } from '@/lib/access/deps'

const SETTING = 'local_sign_in_until'

type Deps = Pick<AccessDeps, 'settings' | 'clock'>

/**
 * Returns whether people may sign in with a password. `enabled` is LOCAL_SIGN_IN. Where that is off, the command line
 * can allow it for a while.
 */
export async function isLocalSignInOpen({ settings, clock }: Deps, enabled: boolean): Promise<boolean> {
  return enabled || wallS(clock) < Number((await settings.get(SETTING)) ?? 0)
}

/**
 * Allows sign-in with a password for some minutes, whatever LOCAL_SIGN_IN says; 0 ends it. Returns the end in epoch
 * seconds.
 */
export async function openLocalSignIn(deps: Deps & Pick<AccessDeps, 'audit'>, minutes: number): Promise<number> {
  const until = wallS(deps.clock) + minutes * 60
  await deps.settings.set(SETTING, String(until))
  await recordAuditAs(deps, { ...BY_COMMAND_LINE, action: 'sign_in.open', detail: { minutes } })
  return until
}
