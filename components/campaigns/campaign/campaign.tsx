import Link from 'next/link'
import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { ReceiptChanges } from '@/components/report/receipt-changes'
import { Receipts } from '@/components/report/receipts/receipts'
import { ReportStates } from '@/components/report/report-states'
import type { ShareOffer } from '@/components/report/share/dialog/draft'
import { ShareControl } from '@/components/report/share/share-control'
import { Notice } from '@/components/ui/notice'
import { stripControls } from '@/components/ui/strip-controls'
import type { AppReply } from '@/lib/contract/apps'
import { isAwaited } from '@/lib/contract/awaited'
import type { CampaignView } from '@/lib/contract/campaigns/task-ages'
import type { Freshness } from '@/lib/contract/freshness'
import type { FunnelReply } from '@/lib/contract/funnel'
import { campaignHref, campaignsHref, lossStageHref, overviewHref } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'
import { ChooseCampaign } from '../compare/choose'
import { EditCampaign } from '../edit-campaign'
import { ExportCampaign } from '../export/export-campaigns'
import { moment, nameOf } from '../moment'
import { Sheet } from '../sheet'
import { Growth } from './growth'
import { CampaignNumbers, NumbersPlaceholder } from './numbers'
import { RefreshSoon } from './refresh-soon'
import { TopLosses } from './top-losses'
import { TracePerson } from './trace-person'
import { CampaignVendors } from './vendors'

interface Props {
  app: AppReply
  /** The app for the address; null when the viewer has only one. */
  appParam: string | null
  mayEdit: boolean
  mayLookUp: boolean
  /** Whether the form for name, tags and note is open. */
  isEditing: boolean
  /** What may be shared with strangers; null for people who create no links. */
  offer?: ShareOffer | null
  /** `atMs` is when it was read. */
  read: { view: CampaignView; funnel: FunnelReply; losses: LossesReply; atMs: number }
  words: Words
}

/** Renders the page of one campaign from what is stored. It renders again when Tencent has answered. */
export function Campaign(props: Props) {
  const { app, appParam, mayLookUp, read, words } = props
  const { view, funnel, losses } = read
  const { total } = funnel
  const { t } = words
  const refreshMs = refreshAfter([funnel.freshness, losses.freshness])
  return (
    <div className="space-y-4">
      <Head {...props} />
      <ReportStates reply={funnel} held={total !== null} failure={null} words={words} footer={null}>
        {total ? (
          <>
            <CampaignNumbers
              total={total}
              lossHref={(stage) => lossStageHref(appParam, { source: 'task', task: [view.taskId] }, stage)}
              words={words}
            />
            <ReceiptChanges reply={funnel} words={words} />
            <CampaignVendors vendors={funnel.vendors} words={words} />
            <Receipts vendors={funnel.vendors} words={words} />
          </>
        ) : (
          <NoNumbers isAwaited={isAwaited(funnel.freshness)} words={words} />
        )}
      </ReportStates>
      {total && <Growth view={view} isReported={total.delivery !== 'unreported'} appParam={appParam} words={words} />}
      {total && <TopLosses losses={losses} taskId={view.taskId} appParam={appParam} words={words} />}
      <div className={mayLookUp ? 'grid gap-4 lg:grid-cols-2' : undefined}>
        <section className="card px-5 py-4 max-sm:px-4" aria-labelledby="compare">
          <h2 id="compare" className="mb-2 text-16 font-semibold">
            {t('campaign.compare.title')}
          </h2>
          <ChooseCampaign
            appParam={appParam}
            tasks={[view.taskId]}
            others={view.others}
            tz={app.utcOffset}
            label={t('campaign.compare.with')}
            submit={t('campaign.compare.submit')}
            words={words}
          />
        </section>
        {mayLookUp && <TracePerson app={app.id} appParam={appParam} taskId={view.taskId} words={words} />}
      </div>
      {refreshMs !== null && <RefreshSoon ms={refreshMs} atMs={read.atMs} />}
    </div>
  )
}

/** Returns when the first awaited answer may be there, in milliseconds; null where none is awaited. */
function refreshAfter(all: Freshness[]): number | null {
  const waits = all.filter(isAwaited).flatMap(({ retryAfterMs }) => retryAfterMs ?? [])
  return waits.length === 0 ? null : Math.max(1_000, Math.min(...waits))
}

/** Keeps the place of the numbers while they are awaited; else says that Tencent has none. */
function NoNumbers({ isAwaited, words: { t } }: { isAwaited: boolean; words: Words }) {
  if (isAwaited) return <NumbersPlaceholder label={t('campaign.numbers')} />
  return (
    <Notice kind="info" title={t('campaign.absent.title')}>
      <p>{t('campaign.absent.detail')}</p>
    </Notice>
  )
}

function Head({ app, appParam, mayEdit, isEditing, offer = null, read: { view, funnel }, words }: Props) {
  const { t } = words
  const { task, taskId, otherApp } = view
  const here = campaignHref(appParam, taskId)
  return (
    <header className="space-y-2">
      <p className="no-print text-13">
        <Link prefetch={false} href={campaignsHref(appParam, {})} className="link">
          {t('campaign.back')}
        </Link>
      </p>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-80 space-y-1">
          <h1 className="text-20 font-semibold break-words">{task ? nameOf(task) : stripControls(taskId)}</h1>
          {task?.label && <p className="font-mono text-12 break-all text-second">{stripControls(taskId)}</p>}
          {task && (
            <p className="text-13 text-second">
              {task.sentAt
                ? t('campaigns.sent', { time: moment(task.sentAt, app.utcOffset) })
                : t('campaigns.sentUnknown')}
              {' · '}
              {t(`campaigns.knownBy.${task.knownBy}`)}
            </p>
          )}
          {task?.note && (
            <p className="max-w-[78ch] text-13 break-words whitespace-pre-line">{stripControls(task.note)}</p>
          )}
          <Tags tags={task?.tags ?? []} appParam={appParam} words={words} />
        </div>
        <div className="no-print flex flex-wrap gap-2">
          {offer && <ShareControl offer={offer} words={words} />}
          <Link prefetch={false} href={overviewHref(appParam, { source: 'task', task: [taskId] })} className="button">
            {t('campaign.overview')}
          </Link>
          {task && mayEdit && (
            <Link
              prefetch={false}
              scroll={false}
              href={campaignHref(appParam, taskId, { edit: true })}
              className="button needs-script"
            >
              {t('campaigns.edit')}
            </Link>
          )}
          <ExportCampaign app={app} view={view} funnel={funnel} words={words} />
        </div>
      </div>
      {otherApp !== null && <p className="text-13 text-warn">{t('campaign.otherApp', { id: String(otherApp) })}</p>}
      {!task && (
        <Notice kind="info" title={t('campaign.unregistered.title')}>
          <p>{t(`campaign.unregistered.${mayEdit ? 'detail' : 'detailViewer'}`)}</p>
        </Notice>
      )}
      {task && mayEdit && isEditing && (
        <Sheet title={t('campaigns.edit')} close={t('campaigns.close')} back={here}>
          <EditCampaign
            app={app.id}
            task={task}
            back={here}
            locale={words.locale}
            messages={pickMessages(words.locale, ['errors', 'campaigns'])}
          />
        </Sheet>
      )}
    </header>
  )
}

function Tags({ tags, appParam, words }: { tags: string[]; appParam: string | null; words: Words }) {
  if (tags.length === 0) return null
  return (
    <ul aria-label={words.t('campaigns.tags')} className="flex flex-wrap gap-1.5 pt-0.5">
      {tags.map((tag) => (
        <li key={tag} className="max-w-full min-w-0">
          <Link
            prefetch={false}
            href={campaignsHref(appParam, { tag })}
            className="block min-h-6 truncate rounded-4 bg-sunk px-2 py-0.5 text-12 hover:underline"
          >
            {stripControls(tag)}
          </Link>
        </li>
      ))}
    </ul>
  )
}
