import { base } from '@/lib/context-base'
import { eraseQuery } from '@/lib/contract/users'
import { eraseFrom } from '@/lib/service/users/erase-user'
import { type Command, EX_USAGE } from './command'

/** Takes a user out of what one app keeps, or all of them; the UserID is typed twice, since nothing brings it back. */
export const erasePerson: Command = async (env, { user, confirm, app }) => {
  const asked = eraseQuery.safeParse({ userId: user, confirm })
  if (!asked.success) {
    return { text: 'person erase --user ID --confirm ID: the same UserID twice, at most 32 bytes', exitCode: EX_USAGE }
  }
  const context = await base(env)
  try {
    const apps = (await context.store.apps.list()).filter(({ id }) => app === '*' || id === app)
    if (apps.length === 0) return { text: `there is no app ${app}`, exitCode: EX_USAGE }
    const { traces, texts } = await eraseFrom(context, apps, asked.data.userId, 'command line')
    return { text: `erased: ${traces} kept look-ups, ${texts} labels, notes and imports` }
  } finally {
    await context.store.close()
  }
}
