import { alertSecret } from '@/lib/access/keys/alert-signature'
import { base } from '@/lib/context-base'
import type { Command } from './command'

/** What the receiver of alerts checks their signature with. */
export const alertKey: Command = async (env) => {
  const house = await base(env)
  await house.store.close()
  return { text: alertSecret(house.access.master).reveal() }
}
