import { exact } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import type { ChainReply } from '@/lib/contract/access/audit'
import { moment } from './names'

interface Props {
  chain: ChainReply
  tz: string
  words: Words
}

/** Says whether any entry was changed or removed behind the back of Pushlens. */
export function Chain({ chain: { entries, broken }, tz, words: { t } }: Props) {
  if (!broken) {
    return (
      <p className="flex items-baseline gap-2 text-13 text-second">
        <span aria-hidden="true" className="size-2 shrink-0 self-center rounded-full bg-good" />
        {t('audit.chain.whole', { entries })}
      </p>
    )
  }
  const counted = exact(entries)
  return (
    <Notice kind="bad" title={t('audit.chain.broken')}>
      <p>
        {broken.id === null || broken.at === null
          ? t('audit.chain.brokenEnd', { entries: counted })
          : t('audit.chain.brokenAt', { id: broken.id, time: moment(broken.at, tz), entries: counted })}
      </p>
      <p>{t('audit.chain.brokenDo')}</p>
    </Notice>
  )
}
