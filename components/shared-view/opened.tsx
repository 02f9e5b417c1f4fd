import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import type { SharedAccess } from '@/lib/browser/shared-view'
import type { ShareQuery } from '@/lib/contract/shares/view'
import { Card } from './card'
import { Filters } from './filters'
import { PasswordForm } from './password-form'
import { SharedHead } from './shared-head'
import { Tabs } from './tabs'
import { type LoadPage, type Refusal, type SharedState, useSharedView } from './use-shared-view'

interface Props {
  access: SharedAccess
  load: LoadPage
  tz: string
  language: ReactNode
  words: Words
}

/** Opens a link and shows its page, or the one sentence of every refusal. */
export function Opened({ access, load, tz, language, words }: Props) {
  const first = { tz, task: [], interval: 'day' as const, compare: 'previous' as const }
  const { state, ask, enter, copy } = useSharedView(access, first, load)
  if (state.step === 'open')
    return <View state={state} ask={ask} copy={copy} tz={tz} language={language} words={words} />
  return (
    <Card language={language} words={words}>
      {state.step === 'password' && (
        <PasswordForm busy={state.busy} failure={state.failure} onEnter={enter} words={words} />
      )}
      {state.step === 'refused' && <Refused why={state.why} onRetry={() => ask(first)} words={words} />}
      {state.step === 'opening' && (
        <p role="status" className="text-second">
          {words.t('shared.opening')}
        </p>
      )}
    </Card>
  )
}

function Refused({ why, onRetry, words: { t } }: { why: Refusal; onRetry(): void; words: Words }) {
  return (
    <div role="alert" className="space-y-3">
      <h1 className="text-20 font-semibold">{t(`shared.${why}.title`)}</h1>
      <p className="text-second">{t(`shared.${why}.detail`)}</p>
      {why !== 'refused' && (
        <button type="button" className="button" onClick={onRetry}>
          {t('common.retry')}
        </button>
      )}
    </div>
  )
}

interface ViewProps extends Omit<Props, 'access' | 'load'> {
  state: Extract<SharedState, { step: 'open' }>
  ask(query: ShareQuery): void
  copy(): Promise<Blob>
}

function View({ state, ask, copy, tz, language, words }: ViewProps) {
  const { head, view, query, Page } = state.open
  const { t } = words
  return (
    <div className="mx-auto max-w-[1280px] px-3 pb-10 sm:px-6">
      <SharedHead head={head} tz={tz} language={language} copy={copy} words={words} />
      <main className="space-y-4" aria-busy={state.busy || undefined}>
        <Tabs
          scope={head.scope}
          view={view}
          onPage={(page) => ask({ ...query, page, campaign: undefined })}
          words={words}
        />
        {head.kind === 'live' && head.scope && (
          <Filters
            key={JSON.stringify(query)}
            scope={head.scope}
            view={view}
            query={query}
            onQuery={ask}
            tz={tz}
            words={words}
          />
        )}
        {state.failure && (
          <Notice kind="warn" title={t('shared.failed', { why: t(`errors.${state.failure}.title`) })} />
        )}
        <p role="status" className="sr-only">
          {state.busy && t('shared.busy')}
        </p>
        <div className={state.busy ? 'opacity-60' : undefined}>
          <Page
            isLive={head.kind === 'live'}
            view={view}
            scope={head.scope}
            query={query}
            onQuery={ask}
            tz={tz}
            words={words}
          />
        </div>
      </main>
    </div>
  )
}
