import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { BY_ENVIRONMENT, recordAuditAs } from '@/lib/access/audit'
import { addPerson } from '@/lib/access/sign-in/add-person'
import { type Base, base } from '@/lib/context-base'
import { readEnv } from '@/lib/env'
import { openDatabase } from '@/lib/store/engine/open'
import { newApp } from '@/lib/store/testing/rows'
import { realTools } from '../tools'

export type Installation = Awaited<ReturnType<typeof install>>

/** A healthy installation of its own, with one administrator and one entry in the audit. */
export async function install() {
  const folder = mkdtempSync(join(tmpdir(), 'pl-doctor-'))
  const path = join(folder, 'pushlens.db')
  const undo = [() => rmSync(folder, { recursive: true })]
  const source: Record<string, string> = {
    DATABASE_URL: `sqlite:${path}`,
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'http://127.0.0.1:9',
  }
  /** Changes the installation as the product would. */
  const change = async (work: (ground: Base) => Promise<unknown>) => {
    const ground = await base(readEnv(source))
    await work(ground)
    await ground.store.close()
  }
  await change(async ({ access }) => {
    const person = { email: 'ana@example.com', name: 'Ana', password: 'a lighthouse keeps no secrets 9' }
    await addPerson(access, person, [{ app: '*', role: 'admin' }])
    await recordAuditAs(access, { ...BY_ENVIRONMENT, action: 'app.connect' })
  })
  return {
    folder,
    path,
    source,
    tools: { ...realTools, dotEnv: join(folder, '.env'), disk: async () => ({ freeBytes: 1e12, freeShare: 0.5 }) },
    masterKey: () => join(folder, 'master.key'),
    change,
    /** Changes the file behind the back of the product. */
    async tamper(...statements: string[]) {
      const db = await openDatabase({ kind: 'sqlite', path })
      for (const one of statements) await sql.raw(one).execute(db)
      await db.destroy()
    },
    /** Starts a program at the address of Pushlens. */
    async program(status: number, headers: Record<string, string>, body = '{}') {
      const server = createServer((_, response) => void response.writeHead(status, headers).end(body))
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      undo.unshift(() => server.close().closeAllConnections())
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    app: (more: Parameters<typeof newApp>[0]) =>
      change(({ store }) => store.apps.upsert(newApp({ id: '14', baseUrl: 'http://127.0.0.1:9', ...more }))),
    stoppedApp: (code: 'upstream_credential' | 'upstream_expired_signature') =>
      change(async ({ store }) => {
        await store.apps.upsert(newApp({ id: '14' }))
        await store.apps.setStopped('14', { code, upstreamCode: 70_003, at: 1 })
      }),
    end() {
      for (const step of undo) step()
    },
  }
}
