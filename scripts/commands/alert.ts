import { BY_COMMAND_LINE, recordAuditAs } from '@/lib/access/audit'
import { alertSecret } from '@/lib/access/keys/alert-signature'
import { base } from '@/lib/context-base'
import type { Command } from './command'

/** Prints the key with which receivers verify alert signatures. */
export const alertKey: Command = async (env) => {
  const context = await base(env)
  await recordAuditAs(context.access, { ...BY_COMMAND_LINE, action: 'alert.key' })
  await context.store.close()
  return { text: alertSecret(context.access.master).reveal() }
}
