import { parseArgs } from 'node:util'
import { createToken, revokeToken } from '@/lib/access/tokens'
import { base } from '@/lib/context-base'
import type { Role } from '@/lib/contract/roles'
import { readEnv } from '@/lib/env'
import { fillGrowth } from './demo-growth'

/**
 * Registers the emulator's campaigns in a demo, and at the first run stores how they grew and looks up some pushes. Uses the API of the running
 * server, as a sender's backend and a support agent would. Its tokens end with it.
 *
 *     node --conditions=react-server --import tsx scripts/demo-content.ts --url http://localhost:3000 --control-port 1234
 */
const { values } = parseArgs({ options: { url: { type: 'string' }, 'control-port': { type: 'string' } } })

const LOOK_UPS = 12
const TOKEN_S = 600
const ACTIVE_DAYS = 30

interface Campaign {
  taskId: string
  at: number
  label: string
  tags: string[]
  note: string
}

interface Push {
  case: string
  taskId?: string
  pushId?: string
  userId: string
}

type Send = (method: string, path: string, body?: object) => Promise<unknown>

async function control<T>(path: string): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${values['control-port']}${path}`)
  return (await answer.json()) as T
}

async function listed<T>(path: string): Promise<T[]> {
  return (await control<{ items: T[] }>(path)).items
}

/** Runs `use` with a token of this role. Revokes the token afterwards. */
async function withToken(role: Role, app: string, use: (send: Send) => Promise<void>): Promise<void> {
  const nowS = Math.floor(Date.now() / 1_000)
  const by = { actor: 'demo', address: null }
  const given = { name: `Demo ${role}`, role, apps: [app], expiresAt: nowS + TOKEN_S, by }
  const { row, text } = await createToken(access, given)
  const send: Send = async (method, path, body) => {
    const answer = await fetch(`${values.url}/api/v1/apps/${app}${path}`, {
      method,
      headers: { authorization: `Bearer ${text.reveal()}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return await answer.json()
  }
  try {
    await use(send)
  } finally {
    await revokeToken(access, row.id, by)
  }
}

/** Registers the campaigns that are not known yet, so that names that people have changed stay. */
async function registerCampaigns(send: Send): Promise<{ first: boolean }> {
  const { items: known } = (await send('GET', '/tasks?limit=1000')) as { items: { taskId: string }[] }
  const ids = new Set(known.map(({ taskId }) => taskId))
  const since = Math.floor(Date.now() / 1_000) - ACTIVE_DAYS * 86_400
  const campaigns = (await listed<Campaign>('/truth/tasks')).filter(({ at }) => at >= since)
  const first = ids.size === 0
  if (first) await fillGrowth(store.windows, app, campaigns, { nowS: Math.floor(Date.now() / 1_000), truth: control })
  for (const { taskId, label, tags, note } of campaigns) {
    if (!ids.has(taskId)) await send('PUT', `/tasks/${taskId}`, { label, tags, note })
  }
  return { first }
}

/** Looks up one push per case, campaigns and chat messages in turn. */
async function lookUpPushes(send: Send): Promise<void> {
  const pushes = (await listed<Push>('/truth/pushes?limit=1')).filter((push) => push.case !== 'unknown user')
  const cases = [...new Set(pushes.map((push) => push.case))].slice(0, LOOK_UPS)
  for (const [i, name] of cases.entries()) {
    const same = pushes.filter((push) => push.case === name)
    const push = same.find(({ taskId }) => (taskId === undefined) === (i % 2 === 1)) ?? same[0]
    if (!push) continue
    const { taskId, pushId, userId } = push
    await send('POST', '/traces/lookup', pushId === undefined ? { taskId, userId } : { pushId })
  }
}

const env = readEnv()
if (!env.app?.demo) throw new Error('this server is not a demo')
const app = String(env.app.sdkAppId)
const { access, store } = await base(env)
try {
  // An administrator may have removed the demo after connecting an app.
  if (await store.apps.get(app)) await fill()
} finally {
  await store.close()
}

async function fill(): Promise<void> {
  let isFirst = false
  await withToken('editor', app, async (send) => {
    isFirst = (await registerCampaigns(send)).first
  })
  if (isFirst) await withToken('support', app, lookUpPushes)
}
