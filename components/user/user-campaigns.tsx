import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Devices } from '@/components/report/trace/devices'
import { verdictSentences } from '@/components/report/trace/verdict-text'
import { Icon } from '@/components/ui/icon'
import { stripControls } from '@/components/ui/strip-controls'
import type { UserCampaign, UserReply } from '@/lib/contract/users'

interface Props {
  campaigns: UserReply['campaigns']
  tz: string
  viewerZone: string | null
  words: Words
}

/**
 * Lists the newest campaigns and stored look-ups of this user, each with its outcome. A traced one opens to its steps.
 */
export function UserCampaigns({ campaigns, tz, viewerZone, words }: Props) {
  const { t } = words
  return (
    <section aria-labelledby="campaigns" className="card overflow-hidden pt-4 sm:pt-5">
      <h2 id="campaigns" className="px-4 pb-3 text-16 font-semibold sm:px-5">
        {t('user.campaigns.title')}
      </h2>
      {campaigns.length === 0 && <p className="px-4 pb-4 text-second sm:px-5">{t('user.campaigns.none')}</p>}
      <ul>
        {campaigns.map((campaign) => (
          <li key={campaign.taskId} className="border-t border-line">
            {campaign.devices.length > 0 ? (
              <details className="group">
                <summary className="flex items-center gap-3 px-4 py-3 hover:bg-sunk sm:px-5">
                  <Line campaign={campaign} tz={tz} words={words} />
                  <span className="text-second group-open:rotate-180">
                    <Icon name="chevron" size={16} />
                  </span>
                </summary>
                <div className="px-4 pb-4 sm:px-5">
                  <Devices devices={campaign.devices} tz={tz} viewerZone={viewerZone} words={words} />
                </div>
              </details>
            ) : (
              <div className="px-4 py-3 sm:px-5">
                <Line campaign={campaign} tz={tz} words={words} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ campaign, tz, words }: { campaign: UserCampaign; tz: string; words: Words }) {
  const { t, locale } = words
  const { taskId, label, sentAt, verdict } = campaign
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <span className="min-w-0 flex-1 basis-56">
        <span className={verdict ? 'font-medium' : 'text-second'}>
          {verdict ? verdictSentences(verdict, words, tz) : stateText(campaign, words)}
        </span>
        <span className="block text-12 break-all text-second">
          {label && <span className="font-medium">{stripControls(label)} · </span>}
          <span className="font-mono">{stripControls(taskId)}</span>
        </span>
      </span>
      <span className="text-13 text-second">
        {sentAt
          ? t('user.campaigns.sent', { time: `${minute(sentAt, tz, locale)} (${zoneLabel(sentAt, tz)})` })
          : t('user.campaigns.unsent')}
      </span>
    </span>
  )
}

/** Says why a campaign has no outcome for this user yet, with its place in line. */
function stateText({ state, place, etaMs }: UserCampaign, { t }: Words): string {
  if (state !== 'asking' || place === null) return t(`user.campaigns.${state}`)
  return t('overview.waiting.place', { place, seconds: Math.max(1, Math.ceil((etaMs ?? 0) / 1_000)) })
}
