import { renderToStaticMarkup } from 'react-dom/server'
import type { Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { Report } from '@/components/overview/report'
import { Trend } from '@/components/overview/trend/trend'
import type { FunnelReply } from '@/lib/contract/funnel'

/** Renders a report without links. */
export const html = (reply: FunnelReply, locale: Locale = 'en') =>
  renderToStaticMarkup(
    <Report reply={reply} trend={<Trend reply={reply} links={[]} words={wordsIn(locale)} />} words={wordsIn(locale)} />,
  )

export const text = (reply: FunnelReply, locale: Locale = 'en') => visibleText(html(reply, locale))
