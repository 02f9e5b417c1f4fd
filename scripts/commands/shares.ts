import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { BY_COMMAND_LINE, recordAuditAs } from '@/lib/access/audit'
import { wallS } from '@/lib/access/deps'
import { normalEmail } from '@/lib/access/sign-in/email'
import { type Base, base } from '@/lib/context-base'
import { SHARE_LIMITS } from '@/lib/contract/limits'
import type { ShareReply } from '@/lib/contract/shares/share'
import type { Env } from '@/lib/env'
import { revokeAll } from '@/lib/service/shares/revoke-shares'
import { shareReplies } from '@/lib/service/shares/share-reply'
import { type Command, type CommandResult, EX_USAGE } from './command'
import { table } from './table'

const COLUMNS = ['ID', 'STATE', 'KIND', 'APP', 'OWNER', 'ENDS', 'OPENS', 'NAME']
const SHA256 = /^[0-9a-f]{64}$/i

/** Prints the links, newest first, also ended ones. The secret of a link is stored nowhere, so none is printed. */
export const listShares: Command = (env, { app }) =>
  withBase(env, async (context) => {
    const apps = app === '*' ? null : [app]
    const { items } = await context.store.shares.list({ apps, limit: SHARE_LIMITS.list })
    if (items.length === 0) return { text: 'There are no shared links.' }
    return { text: table([COLUMNS, ...(await shareReplies(context, items)).map(cellsOf)]) }
  })

/** Revokes one link, or all of a person or an app, for good. Running servers refuse them from the next request on. */
export const revokeShares: Command = (env, given) =>
  withBase(env, async (context) => {
    const { id, email, app } = given
    const apps = app === '*' ? null : [app]
    if (id !== undefined) return revokeOne(context, id)
    if (email === undefined && apps === null) return usage('share revoke needs --id ID, --email E or --app ID')
    const owner = email === undefined ? undefined : (await context.store.people.byEmail(normalEmail(email) ?? ''))?.id
    if (email !== undefined && owner === undefined) return usage(`There is no person ${email}.`)
    return { text: `Revoked links: ${await revokeAll(context, { apps, owner }, BY_COMMAND_LINE)}` }
  })

/**
 * Compares the SHA-256 of a file with a given one. Without one it looks for it among the frozen links of the database. A
 * third party needs neither database nor key.
 */
export const verifyShare: Command = async (env, given) => {
  const { argument: path, sha256: wanted } = given
  if (path === undefined || (wanted !== undefined && !SHA256.test(wanted)))
    return usage('share verify FILE [--sha256 HASH]: a hash has 64 hex digits')
  if (!existsSync(path)) return usage(`There is no file ${path}.`)
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  const { text, exitCode = 0 } = wanted === undefined ? await findIn(env, sha256) : compare(sha256, wanted)
  return { text: `SHA-256 of the file: ${sha256}\n${text}`, exitCode }
}

function compare(sha256: string, wanted: string): CommandResult {
  if (sha256 !== wanted.toLowerCase())
    return { text: 'Differs from the given hash: this is not the content that was frozen.', exitCode: 1 }
  return {
    text:
      'Equals the given hash: this file is, byte for byte, the content that was frozen under it. ' +
      'That is as trustworthy as the place that you have the hash from.',
  }
}

async function findIn(env: Env, sha256: string): Promise<CommandResult> {
  if (env.database.kind === 'sqlite' && !existsSync(env.database.path))
    return usage('There is no database here. Compare with a printed hash: --sha256 HASH')
  return withBase(env, async ({ store }) => {
    const found = await store.shares.bySha256(sha256)
    if (!found) {
      const why = 'The file was changed, or a person was erased from the link after the file was saved.'
      return { text: `No frozen link of this installation keeps this content. ${why}`, exitCode: 1 }
    }
    const at = new Date((found.frozen_at ?? found.created_at) * 1_000).toISOString()
    return {
      text:
        `This file is, byte for byte, what the link “${found.name}” (${found.id}) of app ${found.app_id} keeps. ` +
        `It was frozen at ${at}.`,
    }
  })
}

async function revokeOne({ store, clock }: Base, id: string): Promise<CommandResult> {
  const share = await store.shares.byId(id)
  if (!share) return usage(`There is no link ${id}.`)
  const ended = await store.shares.revoke({ id }, wallS(clock))
  const what = { action: 'share.revoke' as const, appId: share.app_id, detail: { share: id } }
  if (ended.length > 0) await recordAuditAs({ audit: store.audit, clock }, { ...BY_COMMAND_LINE, ...what })
  return { text: `Revoked “${share.name}”.` }
}

async function withBase(env: Env, command: (context: Base) => Promise<CommandResult>): Promise<CommandResult> {
  const context = await base(env)
  try {
    return await command(context)
  } finally {
    await context.store.close()
  }
}

const usage = (text: string): CommandResult => ({ text, exitCode: EX_USAGE })

function cellsOf({ id, state, content, app, owner, endsAt, opens, name }: ShareReply): string[] {
  return [id, state, content.kind, app, owner.name ?? owner.id, endsAt, String(opens), name]
}
