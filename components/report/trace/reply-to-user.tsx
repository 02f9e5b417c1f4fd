import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import type { VerdictReply } from '@/lib/contract/traces'
import { type Replies, replyFor } from './replies'

interface Props {
  verdict: VerdictReply
  replies: Replies
  words: Words
}

/** Offers a short reply to the end user in all languages, the agent's own first. It opens without JavaScript. */
export function ReplyToUser({ verdict, replies, words }: Props) {
  const { t, locale } = words
  const key = replyFor(verdict)
  const ordered = [...replies].sort((a, b) => Number(b.locale === locale) - Number(a.locale === locale))
  const labels = { copy: t('lookup.reply.copy'), copied: t('lookup.copy.copied'), failed: t('lookup.copy.failed') }
  return (
    <details className="min-w-0 open:basis-full">
      <summary className="button max-sm:min-h-11">{t('lookup.reply.title')}</summary>
      <ul className="mt-3 grid gap-3 lg:grid-cols-3">
        {ordered.map(({ locale: language, name, texts }) => (
          <li key={language} lang={language} className="flex flex-col gap-2 rounded-6 bg-sunk p-3">
            <p className="flex items-center justify-between gap-2 text-13 font-medium">
              {name}
              <CopyText text={texts[key]} labels={labels} />
            </p>
            <p>{texts[key]}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
