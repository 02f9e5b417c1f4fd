'use client'
import { ReceiptChanges } from '@/components/report/receipt-changes'
import { Receipts } from '@/components/report/receipts/receipts'
import { ReportStates } from '@/components/report/report-states'
import type { SharedPageProps } from '@/components/report/share/shared-props'
import { Notice } from '@/components/ui/notice'
import { stripControls } from '@/components/ui/strip-controls'
import { CampaignNumbers } from './numbers'
import { TopLosses } from './top-losses'
import { CampaignVendors } from './vendors'

/** Renders one campaign of a link, with a way back to the list where the link has one. */
export function SharedCampaign({ view, scope, query, onQuery, words }: SharedPageProps<'campaign'>) {
  const { t } = words
  const { taskId, label, funnel, losses } = view
  const { total } = funnel
  const hasList = scope?.pages.includes('campaigns') ?? false
  return (
    <div className="space-y-4">
      {hasList && (
        <p className="no-print text-13">
          <button
            type="button"
            className="link min-h-6"
            onClick={() => onQuery({ ...query, page: 'campaigns', campaign: undefined })}
          >
            {t('shared.backToCampaigns')}
          </button>
        </p>
      )}
      <div>
        <h2 className="text-16 font-semibold break-words">{stripControls(label ?? taskId)}</h2>
        {label !== null && <p className="font-mono text-12 break-all text-second">{stripControls(taskId)}</p>}
      </div>
      <ReportStates reply={funnel} held={total !== null} failure={null} words={words} footer={null}>
        {total ? (
          <>
            <CampaignNumbers total={total} lossHref={null} words={words} />
            <ReceiptChanges reply={funnel} words={words} />
            <CampaignVendors vendors={funnel.vendors} words={words} />
            <Receipts vendors={funnel.vendors} words={words} />
          </>
        ) : (
          <Notice kind="info" title={t('campaign.absent.title')} />
        )}
      </ReportStates>
      {losses && <TopLosses losses={losses} taskId={taskId} appParam={null} unlinked words={words} />}
    </div>
  )
}
