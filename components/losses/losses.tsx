import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { Controls } from '@/components/overview/controls'
import { vendorNames } from '@/components/overview/vendor'
import { plain } from '@/components/ui/plain'
import { lossesOptions } from '@/lib/browser/queries'
import { GROUPINGS, type Grouping, type LossesView, lossesHref, lossesParams } from '@/lib/browser/url'
import type { LossesReply } from '@/lib/contract/losses'
import { FindCode } from './find-code'
import { LiveLosses } from './live-losses'

/** What the browser needs to draw losses. */
export const LOSSES_WORDS = ['common', 'errors', 'overview', 'vendors', 'losses', 'reasons', 'lookup'] as const

interface Props {
  app: string
  appParam: string | null
  view: LossesView
  grouping: Grouping
  reply: LossesReply
  words: Words
}

/** The losses page: what is held is in the first HTML, and the browser takes over from the same reply. */
export function Losses({ app, appParam, view, grouping, reply, words }: Props) {
  const { t } = words
  const params = lossesParams(view)
  const cache = new QueryClient()
  cache.setQueryData(lossesOptions(app, params).queryKey, reply)
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="text-20 font-semibold">{t('losses.title')}</h1>
        <p className="hidden print:block">{t(`overview.source.${view.source}`)}</p>
        <Controls
          app={appParam}
          view={view}
          range={reply.range}
          words={words}
          path="/losses"
          keep={{ vendor: view.vendor, task: view.task, group: grouping === 'code' ? undefined : grouping }}
          hrefOf={(other) => lossesHref(appParam, { ...other, vendor: view.vendor, task: view.task }, grouping)}
        />
      </div>
      <div className="no-print mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <FindCode app={appParam} view={view} words={words} />
          <Filters appParam={appParam} view={view} grouping={grouping} words={words} />
        </div>
        <Groupings appParam={appParam} view={view} grouping={grouping} words={words} />
      </div>
      <HydrationBoundary state={dehydrate(cache)}>
        <LiveLosses
          key={`${app}?${params}`}
          app={app}
          appParam={appParam}
          view={view}
          grouping={grouping}
          locale={words.locale}
          messages={pickMessages(words.locale, LOSSES_WORDS)}
        />
      </HydrationBoundary>
    </>
  )
}

type Choices = Pick<Props, 'appParam' | 'view' | 'grouping' | 'words'>

/** The filters of the address as chips, each with its way out. */
function Filters({ appParam, view, grouping, words }: Choices) {
  const { t } = words
  const { vendor, task } = view
  const chips = [
    vendor !== undefined && {
      text: t('losses.vendorFilter', { name: vendorNames({ vendor, channel: null }, words).name }),
      href: lossesHref(appParam, { ...view, vendor: undefined }, grouping),
    },
    task !== undefined &&
      view.source === 'task' && {
        text: t('losses.taskFilter', { task: plain(task) }),
        href: lossesHref(appParam, { ...view, task: undefined }, grouping),
      },
  ].filter((chip) => chip !== false)
  return (
    <ul className="flex min-w-0 flex-wrap gap-2">
      {chips.map(({ text, href }) => (
        <li key={href} className="min-w-0">
          <Link prefetch={false} href={href} className="button max-w-full" title={t('losses.removeFilter')}>
            <span className="truncate">{text}</span>
            <span aria-hidden="true">×</span>
            <span className="sr-only">{t('losses.removeFilter')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Groupings({ appParam, view, grouping, words: { t } }: Choices) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <ul aria-label={t('losses.group.label')} className="choices">
        {GROUPINGS.map((name) => (
          <li key={name}>
            <Link
              prefetch={false}
              scroll={false}
              href={lossesHref(appParam, view, name)}
              aria-current={name === grouping ? 'true' : undefined}
            >
              {t(`losses.group.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
