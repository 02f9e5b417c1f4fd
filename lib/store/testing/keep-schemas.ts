import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseUrl } from '@/lib/store/engine/open'
import { startPostgres } from '@/scripts/postgres.mjs'
import { recordSchemas, schemaFile } from './schemas'

/** Writes the schema of each migration that has none yet. A written file is never changed: databases like it exist. */
const folder = mkdtempSync(join(tmpdir(), 'pl-schemas-'))
const server = await startPostgres()
try {
  const urls: DatabaseUrl[] = [
    { kind: 'sqlite', path: join(folder, 'schemas.db') },
    { kind: 'postgres', url: server.url },
  ]
  for (const url of urls) {
    for (const [name, text] of await recordSchemas(url)) {
      const file = schemaFile(name, url.kind)
      if (existsSync(file)) continue
      writeFileSync(file, text)
      console.log(file)
    }
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true })
}
