import 'server-only'
import type { Migration } from 'kysely'
import { up as first } from './001-first'
import { up as auditSubject } from './007-audit-subject'

/** In order of name; a migration that has landed is never changed again. */
export const migrations: Record<string, Migration> = {
  '001-first': { up: first },
  '007-audit-subject': { up: auditSubject },
}
