import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DELETE, GET as download } from '@/app/api/v1/backups/[name]/route'
import { GET, POST } from '@/app/api/v1/backups/route'
import { backupsReply } from '@/lib/contract/installation/backups'
import { type Credentials, call, type Served, served } from './testing/served'

const ALL = '/api/v1/backups'
const ONE = '/api/v1/backups/[name]'
let env: Served
let owner: Credentials

beforeAll(async () => {
  env = await served()
  owner = await env.person('owner', '*', 'admin')
})
afterAll(() => env.end())

const make = async () => {
  const answer = await call(POST, 'POST', ALL, { as: owner, body: {} })
  expect(answer.status).toBe(201)
  return backupsReply.parse(await answer.json()).items
}
const fetchOne = (name: string, as: Credentials) => call(download, 'GET', ONE, { as, params: { name } })
const actions = async () => (await env.running.ctx.store.audit.list({ limit: 9 })).items.map(({ action }) => action)

test('an administrator makes, downloads and deletes a backup, and the audit says so', async () => {
  const [made] = await make()
  if (!made) throw new Error('no backup')
  const answer = await fetchOne(made.name, owner)
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect([answer.status, answer.headers.get('content-disposition'), answer.headers.get('content-length')]).toEqual([
    200,
    `attachment; filename="${made.name}"`,
    String(made.bytes),
  ])
  const folder = env.env.backup.to.kind === 'folder' ? env.env.backup.to.folder : ''
  const hash = (of: Buffer) => createHash('sha256').update(of).digest('hex')
  expect(hash(bytes)).toBe(hash(readFileSync(join(folder, made.name))))
  const left = await call(DELETE, 'DELETE', ONE, { as: owner, params: { name: made.name } })
  expect(backupsReply.parse(await left.json()).items).toEqual([])
  expect((await fetchOne(made.name, owner)).status).toBe(404)
  expect(await actions()).toEqual(expect.arrayContaining(['backup.delete', 'backup.download', 'backup']))
})

test('another site cannot start a download, a token gets none, and no name leaves the folder', async () => {
  const [made] = await make()
  const name = made?.name ?? ''
  const token = await env.token('admin', ['*'])
  const before = await actions()
  for (const site of ['cross-site', 'same-site']) {
    expect((await fetchOne(name, { ...owner, 'sec-fetch-site': site })).status).toBe(403)
  }
  expect((await fetchOne(name, token)).status).toBe(403)
  for (const odd of ['../pushlens.db', 'master.key', 'pushlens.db', `${name}/..`]) {
    expect((await fetchOne(odd, owner)).status, odd).toBe(400)
  }
  expect(await actions()).toEqual(before)
  expect((await fetchOne(name, { ...owner, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('a place that does not answer is told, and the list is not wrong', async () => {
  const { backups } = env.running.ctx
  const list = backups.list
  backups.list = () => Promise.reject(new Error('the bucket is gone'))
  const answer = await call(GET, 'GET', ALL, { as: owner })
  backups.list = list
  expect(backupsReply.parse(await answer.json())).toMatchObject({ items: [], unreachable: true })
})

test('a scheduled backup that failed is told until one is made', async () => {
  const { schedule } = env.running.ctx.backups
  const isFailed = async () => backupsReply.parse(await (await call(GET, 'GET', ALL, { as: owner })).json()).failed
  expect(await isFailed()).toBe(false)
  schedule.failed = true
  expect(await isFailed()).toBe(true)
  schedule.failed = false
  expect(await isFailed()).toBe(false)
})
