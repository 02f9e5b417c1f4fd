import 'server-only'
import type { Migration } from 'kysely'
import { up as first } from './001-first'
import { up as collecting } from './002-collecting'
import { up as tasks } from './003-tasks'
import { up as auditBySubject } from './004-audit-by-subject'
import { up as taskLives } from './005-task-lives'
import { up as knownReasons } from './006-known-reasons'
import { up as archiveRevision } from './010-archive-revision'
import { up as traceCodes } from './011-trace-codes'
import { up as people } from './020-people'
import { up as secondFactors } from './021-second-factors'
import { up as tokenApps } from './022-token-apps'
import { up as auditChain } from './023-audit-chain'
import { up as managedApps } from './024-managed-apps'
import { up as oidcAccounts } from './025-oidc-accounts'
import { up as annotations } from './026-annotations'
import { up as searchableTags } from './027-searchable-tags'
import { up as failedCalls } from './029-failed-calls'
import { up as savedViews } from './030-saved-views'
import { up as shares } from './031-shares'
import { up as leases } from './040-leases'

/** Sorted by name. A released migration is never changed. */
export const migrations: Record<string, Migration> = {
  '001-first': { up: first },
  '002-collecting': { up: collecting },
  '003-tasks': { up: tasks },
  '004-audit-by-subject': { up: auditBySubject },
  '005-task-lives': { up: taskLives },
  '006-known-reasons': { up: knownReasons },
  '010-archive-revision': { up: archiveRevision },
  '011-trace-codes': { up: traceCodes },
  '020-people': { up: people },
  '021-second-factors': { up: secondFactors },
  '022-token-apps': { up: tokenApps },
  '023-audit-chain': { up: auditChain },
  '024-managed-apps': { up: managedApps },
  '025-oidc-accounts': { up: oidcAccounts },
  '026-annotations': { up: annotations },
  '027-searchable-tags': { up: searchableTags },
  '029-failed-calls': { up: failedCalls },
  '030-saved-views': { up: savedViews },
  '031-shares': { up: shares },
  '040-leases': { up: leases },
}
