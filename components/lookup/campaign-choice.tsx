import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { stripControls } from '@/components/ui/strip-controls'
import type { LookupView } from '@/lib/contract/lookup-text'

interface Props {
  campaigns: NonNullable<LookupView['campaigns']>
  tz: string
  words: Words
}

/** Lists campaigns as links: what each opens is said above the list. */
export function CampaignChoice({ campaigns, tz, words: { t, locale } }: Props) {
  return (
    <ul className="mt-3 space-y-2">
      {campaigns.map(({ taskId, label, sentAt, href }) => (
        <li key={taskId}>
          <a
            href={href}
            className="button min-h-11 w-full flex-wrap justify-start gap-x-3 py-1.5 text-start whitespace-normal"
          >
            {label !== '' && <span className="font-medium">{stripControls(label)}</span>}
            <span className="min-w-0 font-mono text-13 break-all">{stripControls(taskId)}</span>
            <span className="text-second">
              {sentAt === null
                ? t('box.campaign.unsent')
                : t('box.campaign.sent', { time: minute(sentAt, tz, locale), zone: zoneLabel(sentAt, tz) })}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
