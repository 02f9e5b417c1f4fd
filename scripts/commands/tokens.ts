import { BY_COMMAND_LINE } from '@/lib/access/audit'
import { createToken, revokeToken } from '@/lib/access/tokens'
import { type Base, base } from '@/lib/context-base'
import { type TokenReply, tokenBody } from '@/lib/contract/access/tokens'
import { DAY } from '@/lib/contract/limits'
import { EVERY_APP } from '@/lib/contract/roles'
import { tokenReplyOf } from '@/lib/service/tokens/token-reply'
import { type Command, type CommandOptions, type CommandResult, EX_USAGE } from './command'
import { table } from './table'

const COLUMNS = ['ID', 'STATE', 'ROLE', 'APPS', 'EXPIRES', 'LAST USED', 'NAME']

/** Creates a token and prints only its text. Without `--days` it expires after 90 days. */
export const newToken: Command = withBase(async ({ access, clock, store }, given) => {
  const asked = tokenBody.safeParse({
    name: given.name,
    role: given.role,
    apps: given.app.split(','),
    ...daysOf(given),
  })
  if (!asked.success) {
    const [issue] = asked.error.issues
    return wrong(`token create: ${issue?.path.join('.')} ${issue?.message}`)
  }
  const { name, role, apps, expiresInDays } = asked.data
  const known = new Set([EVERY_APP, ...(await store.apps.list()).map(({ id }) => id)])
  const unknown = apps.find((id) => !known.has(id))
  if (unknown !== undefined) return wrong(`There is no app ${unknown}.`)
  const expiresAt = expiresInDays === null ? null : Math.floor(clock.wallMs() / 1_000) + expiresInDays * DAY
  const { text } = await createToken(access, { name, role, apps, expiresAt, by: BY_COMMAND_LINE })
  return { text: text.reveal() }
})

/** Prints every token, newest first, without its text. */
export const listTokens: Command = withBase(async ({ clock, store }) => {
  const [rows, names] = await Promise.all([store.tokens.list(), store.tokens.creatorNames()])
  if (rows.length === 0) return { text: 'There are no tokens.' }
  const nowS = Math.floor(clock.wallMs() / 1_000)
  return { text: table([COLUMNS, ...rows.map((row) => cellsOf(tokenReplyOf(row, names, nowS)))]) }
})

/** Revokes a token. Running servers refuse it from the next request on. */
export const endToken: Command = withBase(async ({ access }, { id }) => {
  if (!id) return wrong('token revoke --id ID: `token list` prints the IDs')
  const row = await revokeToken(access, id, BY_COMMAND_LINE)
  return row ? { text: `Revoked “${row.name}”.` } : wrong(`There is no token ${id}.`)
})

/** Runs a command with the database open and migrated, and the master key verified. */
function withBase(command: (context: Base, given: CommandOptions) => Promise<CommandResult>): Command {
  return async (env, given) => {
    const context = await base(env)
    try {
      return await command(context, given)
    } finally {
      await context.store.close()
    }
  }
}

const wrong = (text: string): CommandResult => ({ text, exitCode: EX_USAGE })

/** Leaves the field out where the option is absent, so that the usual expiry applies. */
function daysOf({ days }: CommandOptions): { expiresInDays?: number | null } {
  if (days === undefined) return {}
  return { expiresInDays: days === 'never' ? null : Number(days) }
}

function cellsOf({ id, state, role, apps, expiresAt, lastUsedAt, name }: TokenReply): string[] {
  return [id, state, role, apps.join(','), expiresAt ?? 'never', lastUsedAt ?? 'never', name]
}
