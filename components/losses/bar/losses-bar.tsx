import type { ReactNode } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { isoDay } from '@/components/i18n/time'
import type { Messages, Words } from '@/components/i18n/words'
import { Controls } from '@/components/report/controls'
import { CompareMenu } from '@/components/report/header/compare-menu'
import { type ExportFile, ExportMenu } from '@/components/report/header/export-menu'
import { HeaderBar } from '@/components/report/header/header-bar'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ShareControl } from '@/components/report/share/share-control'
import type { Comparison } from '@/lib/contract/comparisons'
import { fileHref, type Grouping, type LossesView, lossesParams } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'
import { comparisonProblem } from '../compared'
import { LossPicture } from './loss-picture'
import { WhenCompared } from './when-compared'

interface Props {
  title: string
  app: string
  appParam: string | null
  view: LossesView
  reply: LossesReply
  grouping: Grouping
  /** The code of the page; undefined for all losses. */
  code?: string
  subject: PictureSubject
  /** The page, what its form keeps, and its address with another view. */
  path: string
  keptFields: Record<string, string | undefined>
  hrefOf(view: LossesView): string
  chips?: ReactNode
  /** Another choice of this page. */
  choice?: ReactNode
  /** The menu of saved views. */
  saved?: ReactNode
  /** What may be shared with strangers; null for people who create no links. */
  offer?: ShareOffer | null
  /** Epoch milliseconds of the data's clock. */
  nowMs: number
  live: { locale: Locale; messages: Partial<Messages> }
  words: Words
}

/** The header bar of losses. A campaign is counted over its life, so it has no comparison. */
export function LossesBar(props: Props) {
  const { title, app, appParam, view, reply, path, keptFields, hrefOf, chips, choice, words } = props
  const { grouping, code, subject, live, saved, offer = null, nowMs } = props
  const { t } = words
  const params = lossesParams(view)
  const compared = {
    ...{ range: reply.range, current: view.compare ?? 'none', words },
    hrefOf: (compare: Comparison) => hrefOf({ ...view, compare }),
  }
  const picture = { app, params, grouping, code, subject, ...live }
  return (
    <HeaderBar
      title={title}
      printed={t(`overview.source.${view.source}`)}
      chips={chips}
      end={
        <>
          <ShareControl offer={offer} words={words} />
          {saved}
          <ExportMenu
            files={filesOf(app, view, reply, words)}
            picture={
              <LossPicture
                {...picture}
                labels={{ save: t('overview.export.table'), failed: t('overview.export.pictureFailed') }}
              />
            }
            words={words}
          />
        </>
      }
    >
      <Controls
        app={appParam}
        view={view}
        range={reply.range}
        nowMs={nowMs}
        words={words}
        path={path}
        keptFields={{
          ...keptFields,
          tag: view.tag,
          task: view.tag === undefined ? view.task?.join(',') || undefined : undefined,
          compare: view.compare === 'none' ? view.compare : undefined,
        }}
        hrefOf={(other) => hrefOf({ ...other, vendor: view.vendor, task: view.task, tag: view.tag })}
      />
      {reply.tasks.length === 0 && (
        <WhenCompared {...{ app, params }} compared={<CompareMenu problem={null} {...compared} />}>
          <CompareMenu problem={comparisonProblem(reply, view, words)} {...compared} />
        </WhenCompared>
      )}
      {choice}
    </HeaderBar>
  )
}

/** Offers the losses as files. Their names carry the days of the range. */
function filesOf(app: string, view: LossesView, { range, source }: LossesReply, { t }: Words): ExportFile[] {
  const params = lossesParams(view)
  const name = `pushlens-losses-${source}-${isoDay(range.from, range.tz)}-${isoDay(range.to, range.tz)}`
  return [
    {
      label: t('overview.export.losses'),
      href: fileHref(app, 'losses', { params, format: 'csv' }),
      name: `${name}.csv`,
    },
    {
      ...{ label: t('overview.export.lossesJson'), name: `${name}.json` },
      href: fileHref(app, 'losses', { params, format: 'json' }),
    },
  ]
}
