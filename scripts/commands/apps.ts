import { text as readAll } from 'node:stream/consumers'
import { BY_COMMAND_LINE } from '@/lib/access/audit'
import { base } from '@/lib/context-base'
import { type NewAppBody, newAppBody } from '@/lib/contract/apps/manage'
import { createApp } from '@/lib/service/apps/add-app'
import { type Command, type CommandOptions, EX_USAGE } from './command'

const OPTIONS: Record<string, string> = {
  sdkAppId: '--sdkappid',
  secretKey: 'the key on standard input',
  adminId: '--admin',
  region: '--region',
  name: '--name',
  utcOffset: '--offset',
  collectDays: '--days',
}

/** Connects an app. The secret key comes by standard input, because other users of the machine can see arguments. */
export const addApp: Command = async (env, given) => {
  const parsed = newAppBody.safeParse(await bodyOf(given))
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const field = path.join('.')
      return `  ${OPTIONS[field] ?? field}: ${message}`
    })
    return { text: ['app add --sdkappid N < key:', ...lines].join('\n'), exitCode: EX_USAGE }
  }
  const context = await base(env)
  try {
    const { id, key } = await createApp(context, parsed.data, BY_COMMAND_LINE)
    return {
      text: `Connected app ${id}, key ${key.fingerprint}. A running server begins to collect within 15 seconds.`,
    }
  } finally {
    await context.store.close()
  }
}

async function bodyOf({ sdkappid, admin, region, name, offset, days = '30' }: CommandOptions): Promise<object> {
  const secretKey = (await readAll(process.stdin)).trim()
  const texts = { adminId: admin, region, name, utcOffset: offset }
  const body: Partial<Record<keyof NewAppBody, unknown>> = { sdkAppId: Number(sdkappid), secretKey }
  for (const [field, value] of Object.entries(texts)) if (value !== undefined) Object.assign(body, { [field]: value })
  return { ...body, collectDays: Number(days) }
}
