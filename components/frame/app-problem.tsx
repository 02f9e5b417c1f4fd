import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { Problem } from '@/components/ui/problem'
import { CheckAgainIsland } from './check-again-island'
import { mayAdminister, type Viewer } from './viewer'

/** Shows above every page why the app's calls have stopped. An administrator can check again. */
export function AppProblem({ viewer, words }: { viewer: Viewer; words: Words }) {
  const { app, stopped = null } = viewer
  if (!app || !stopped) return null
  const { locale } = words
  const repair = mayAdminister(viewer) && (
    <CheckAgainIsland app={app.id} locale={locale} messages={pickMessages(locale, ['common', 'errors'])} />
  )
  return (
    <div className="app-stopped mb-4">
      <Problem problem={stopped} tz={app.utcOffset} repair={repair} words={words} />
    </div>
  )
}
