import { minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { NotRefreshed } from '@/components/ui/not-refreshed'
import type { ErrorCode } from '@/lib/contract/errors'
import type { Freshness } from '@/lib/contract/freshness'
import type { RangeReply } from '@/lib/contract/ranges'
import { waitingText } from './waiting-text'

interface Props {
  reply: { asOf: string | null; range: RangeReply; freshness: Freshness }
  failure: ErrorCode | null
  words: Words
}

/**
 * Shows when the data was fetched, the place in line, or a failed refresh. Its height never changes: one line, two on a
 * phone.
 */
export function AsOfLine({ reply, failure, words }: Props) {
  const { t, locale } = words
  const waiting = waitingText(reply.freshness, words)
  const { asOf, range } = reply
  return (
    <div className="flex min-h-5 flex-wrap content-start items-center gap-x-3 text-13 leading-5 text-second max-sm:min-h-10">
      {asOf && (
        <p>
          <time dateTime={asOf}>
            {t('overview.foot.asOf', { time: minute(asOf, range.tz, locale), zone: zoneLabel(asOf, range.tz) })}
          </time>
        </p>
      )}
      {failure ? (
        <NotRefreshed code={failure} words={words} />
      ) : (
        <p role="status" className="text-text">
          {waiting}
        </p>
      )}
    </div>
  )
}
