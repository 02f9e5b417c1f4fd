import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { bundled } from '../../lib/testing/bundled'
import { CAST, PASSWORD } from './cast'

/** Adds a named user of the specs to the database of this environment. */
export function addPerson(env: Record<string, string>, role: 'viewer' | 'editor' | 'support'): void {
  const args = ['user', 'add', '--email', CAST[role], '--name', role, '--role', role, '--password-stdin']
  execFileSync(process.execPath, [...bundled('scripts/cli.ts'), ...args], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, ...env },
    input: PASSWORD,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
}
