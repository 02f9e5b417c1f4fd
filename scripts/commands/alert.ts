import { alertSecret } from '@/lib/access/keys/alert-signature'
import { base } from '@/lib/context-base'
import type { Command } from './command'

/** What the receiver of alerts checks their signature with. */
export const alertKey: Command = async (env) => {
  const context = await base(env)
  await context.store.close()
  return { text: alertSecret(context.access.master).reveal() }
}
