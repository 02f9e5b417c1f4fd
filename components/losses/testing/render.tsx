import { renderToStaticMarkup } from 'react-dom/server'
import type { Locale } from '@/components/i18n/locale'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { LossReport } from '@/components/losses/report'
import type { Grouping } from '@/lib/contract/links'
import type { LossesReply } from '@/lib/contract/losses'

export const html = (reply: LossesReply, grouping: Grouping = 'code', locale: Locale = 'en', vendor?: string) =>
  renderToStaticMarkup(
    <LossReport
      reply={reply}
      app="14001"
      view={{ source: 'task', range: '24h', vendor }}
      grouping={grouping}
      words={wordsIn(locale)}
    />,
  )
export const text = (reply: LossesReply, grouping?: Grouping, locale?: Locale, vendor?: string) =>
  visibleText(html(reply, grouping, locale, vendor))
export const summaries = (markup: string) =>
  [...markup.matchAll(/<details class="reason" data-drawer="true"><summary>(.*?)<\/summary>/g)].map(([, inner = '']) =>
    visibleText(inner).trim(),
  )
