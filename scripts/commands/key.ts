import { BY_COMMAND_LINE, recordAuditAs } from '@/lib/access/audit'
import { base } from '@/lib/context-base'
import { type Command, EX_USAGE } from './command'

const AFTER = `Make a backup now, and keep it with the new key. Backups from before need the old key.
If ALERT_WEBHOOK is set, give its receiver the new key: npm run cli -- alert key`
const GIVE_THE_KEY = `MASTER_KEY comes from the environment, so the new key must too. Generate one with openssl rand -base64 32,
store it safely, and run this command with NEW_MASTER_KEY set to it, beside MASTER_KEY.`

/** Replaces the master key. Servers keep running; they need the new key when they start again. */
export const rotateKey: Command = async (env) => {
  const context = await base(env)
  try {
    const { source, ready, isNext } = await context.keyRotation.state()
    if (isNext) return { text: 'The database already has NEW_MASTER_KEY. Set MASTER_KEY to it.', exitCode: EX_USAGE }
    if (!ready) return { text: GIVE_THE_KEY, exitCode: EX_USAGE }
    await context.keyRotation.rotate()
    await recordAuditAs(context.access, { ...BY_COMMAND_LINE, action: 'key.rotate' })
    const done =
      source === 'file' ? 'The master key was replaced. Its file has the new key.' : 'The master key was replaced.'
    const next =
      source === 'file' ? [] : ['Set MASTER_KEY to the new key before the next start, and remove NEW_MASTER_KEY.']
    return { text: [done, ...next, AFTER].join('\n') }
  } finally {
    await context.store.close()
  }
}
