import { pickMessages } from '@/components/i18n/messages'
import type { Words } from '@/components/i18n/words'
import { ShareButton } from '@/components/report/header/share-button'
import type { ShareOffer } from './dialog/draft'
import { ShareOpener } from './share-opener'

interface Props {
  /** What the page offers to share; null for people who may not create links, who share the address with colleagues. */
  offer: ShareOffer | null
  words: Words
}

/** The button that shares a page: by a link to people without an account, or by the page's own address. */
export function ShareControl({ offer, words }: Props) {
  const { t, locale, channels } = words
  if (offer === null) {
    const labels = {
      copy: t('overview.share.label'),
      copied: t('overview.share.copied'),
      failed: t('overview.share.failed'),
    }
    return <ShareButton labels={labels} />
  }
  return (
    <ShareOpener
      offer={offer}
      label={t(offer.content.kind === 'lookup' ? 'shares.evidence' : 'shares.button')}
      locale={locale}
      messages={pickMessages(locale, ['errors', 'overview', 'shared', 'shares', 'vendors'], channels)}
    />
  )
}
