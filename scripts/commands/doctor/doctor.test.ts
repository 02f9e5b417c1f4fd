import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noteUntrusted } from '@/lib/access/untrusted-proxy'
import { doctor } from './doctor'
import { type Installation, install } from './testing/installation'
import { PLANTED } from './testing/planted'

let at: Installation
beforeEach(async () => {
  at = await install()
})
afterEach(() => at.end())

describe('doctor', () => {
  test('finds nothing wrong in a healthy installation, also while no server runs, and changes nothing', async () => {
    const before = readdirSync(at.folder)
    const { text, exitCode } = await doctor(at.source, at.tools)
    expect(text.split('\n').filter((line) => line.startsWith('bad'))).toEqual([])
    expect(exitCode).toBe(0)
    for (const line of [
      'ok   the database is ready',
      'ok   the master key matches the database',
      'ok   50 % of the disk is free',
      'note Pushlens is not running at http://127.0.0.1:9',
      'note no app is connected',
      'note backups are not scheduled, there is none: set BACKUP_EVERY=24h',
    ]) {
      expect(text).toContain(line)
    }
    expect(text).toMatch(/the audit is complete and unchanged \(\d+ entries\)/)
    expect(readdirSync(at.folder)).toEqual(before)
  })

  test('at least 20 problems are planted', () => expect(PLANTED.length).toBeGreaterThanOrEqual(20))

  test.each(PLANTED)('finds %s and says what to do', async (_, expected, plant) => {
    await plant(at)
    const { text, exitCode } = await doctor(at.source, at.tools)
    const bad = text.split('\n').filter((line) => line.startsWith('bad'))
    expect(
      bad.filter((line) => expected.test(line)),
      text,
    ).toHaveLength(1)
    expect(exitCode).toBe(1)
  })

  test('does not create a missing database, and older tables are no problem', async () => {
    const missing = await doctor({ ...at.source, DATABASE_URL: `sqlite:${at.folder}/absent.db` }, at.tools)
    expect(missing.text).toContain('note there is no database yet')
    expect(readdirSync(at.folder).filter((name) => name.startsWith('absent'))).toEqual([])
    await at.tamper('delete from kysely_migration where name = (select max(name) from kysely_migration)')
    const { text, exitCode } = await doctor(at.source, at.tools)
    expect([text.includes('note the tables are from an older version'), exitCode]).toEqual([true, 0])
  })

  test('a trusted proxy is no problem', async () => {
    await at.change(({ access }) => noteUntrusted(access))
    expect((await doctor({ ...at.source, TRUST_PROXY: '1' }, at.tools)).text).not.toContain('X-Forwarded-For')
  })
})
