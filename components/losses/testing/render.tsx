import { renderToStaticMarkup } from 'react-dom/server'
import type { Locale } from '@/components/i18n/locale'
import { messagesOf } from '@/components/i18n/messages'
import { createWords } from '@/components/i18n/words'
import { LossReport } from '@/components/losses/report'
import type { Grouping } from '@/lib/browser/url'
import type { LossesReply } from '@/lib/contract/losses'

export const words = (locale: Locale = 'en') => createWords(locale, messagesOf(locale))
export const html = (reply: LossesReply, grouping: Grouping = 'code', locale: Locale = 'en') =>
  renderToStaticMarkup(
    <LossReport
      reply={reply}
      app="14001"
      view={{ source: 'task', range: '24h' }}
      grouping={grouping}
      words={words(locale)}
    />,
  )
export const read = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/[\s\u202f]+/g, ' ')
export const text = (reply: LossesReply, grouping?: Grouping, locale?: Locale) => read(html(reply, grouping, locale))
export const summaries = (markup: string) =>
  [...markup.matchAll(/<details class="reason" data-drawer="true"><summary>(.*?)<\/summary>/g)].map(([, inner = '']) =>
    read(inner).trim(),
  )
