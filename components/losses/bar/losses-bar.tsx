import type { ReactNode } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { isoDay } from '@/components/i18n/time'
import type { Messages, Words } from '@/components/i18n/words'
import { Controls } from '@/components/report/controls'
import { CompareMenu } from '@/components/report/header/compare-menu'
import { type ExportFile, ExportMenu } from '@/components/report/header/export-menu'
import { HeaderBar } from '@/components/report/header/header-bar'
import { ShareButton } from '@/components/report/header/share-button'
import type { PictureSubject } from '@/components/report/picture/funnel-lines'
import { fileHref, type Grouping, type LossesView, lossesParams } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'
import { LossPicture } from './loss-picture'

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
  live: { locale: Locale; messages: Partial<Messages> }
  words: Words
}

/** The header bar of losses. A campaign is counted over its life, so it has no comparison. */
export function LossesBar(props: Props) {
  const { title, app, appParam, view, reply, path, keptFields, hrefOf, chips, choice, words } = props
  const { grouping, code, subject, live } = props
  const { t } = words
  const picture = { app, params: lossesParams(view), grouping, code, subject, ...live }
  return (
    <HeaderBar
      title={title}
      printed={t(`overview.source.${view.source}`)}
      chips={chips}
      end={
        <>
          <ShareButton
            labels={{
              copy: t('overview.share.label'),
              copied: t('overview.share.copied'),
              failed: t('overview.share.failed'),
            }}
          />
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
        words={words}
        path={path}
        keptFields={keptFields}
        hrefOf={(other) => hrefOf({ ...other, vendor: view.vendor, task: view.task })}
      />
      {reply.tasks.length === 0 && (
        <CompareMenu
          range={reply.range}
          current={view.compare ?? 'none'}
          hrefOf={(compare) => hrefOf({ ...view, compare })}
          words={words}
        />
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
