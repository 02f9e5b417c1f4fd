import type { Migration } from 'kysely'
import { migrations } from '@/lib/store/engine/migrations'
import type { DatabaseUrl } from '@/lib/store/engine/open'
import { openUpgraded } from '@/lib/store/engine/open-upgraded'

/** The moments of an upgrade at which a process kills itself: named ones, and before or after a migration. */
export type UpgradePoint = 'start' | 'copying' | 'copied' | 'done' | `before ${string}` | `after ${string}`

/** Upgrades each database at the same time and dies at `at`; without it, the caller kills the process. */
export async function upgradeUntilKilled(urls: DatabaseUrl[], at: UpgradePoint | null): Promise<void> {
  const reached = (point: UpgradePoint) => {
    if (point === at) process.kill(process.pid, 'SIGKILL')
  }
  const all = Object.fromEntries(
    Object.entries(migrations).map(([name, { up }]): [string, Migration] => [
      name,
      {
        async up(db) {
          reached(`before ${name}`)
          await up(db)
          reached(`after ${name}`)
        },
      },
    ]),
  )
  console.log('upgrading')
  reached('start')
  const steps = { copying: () => reached('copying'), copied: () => reached('copied') }
  await Promise.all(urls.map((url) => openUpgraded(url, { alone: true, all, ...steps })))
  reached('done')
}
