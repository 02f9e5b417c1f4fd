import { BY_COMMAND_LINE } from '@/lib/access/audit'
import { base } from '@/lib/context-base'
import { eraseQuery } from '@/lib/contract/users'
import { eraseFrom } from '@/lib/service/users/erase-user'
import { type Command, EX_USAGE } from './command'

/** Erases a user from one app or from all apps. Requires the UserID twice, because this can't be undone. */
export const erasePerson: Command = async (env, { user, confirm, app }) => {
  const asked = eraseQuery.safeParse({ userId: user, confirm })
  if (!asked.success) {
    return {
      text: 'person erase --user ID --confirm ID: enter the same UserID twice, at most 32 bytes',
      exitCode: EX_USAGE,
    }
  }
  const context = await base(env)
  try {
    const apps = (await context.store.apps.list()).filter(({ id }) => app === '*' || id === app)
    if (apps.length === 0) return { text: `There is no app ${app}.`, exitCode: EX_USAGE }
    const { traces, texts } = await eraseFrom(context, apps, asked.data.userId, BY_COMMAND_LINE)
    return { text: `Erased look-ups: ${traces}; erased labels, notes and imports: ${texts}` }
  } finally {
    await context.store.close()
  }
}
