import type { ReactNode } from 'react'
import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import type { TraceReply } from '@/lib/contract/traces'

/** Shows the request and Tencent's answer as sent, without secrets. */
export function RawAnswer({ reply, words: { t } }: { reply: Pick<TraceReply, 'raw' | 'request'>; words: Words }) {
  const { request, raw } = reply
  const answer = JSON.stringify(raw, null, 2)
  const labels = { copy: t('lookup.copyJson'), copied: t('lookup.copy.copied'), failed: t('lookup.copy.failed') }
  return (
    <section aria-label={t('lookup.raw')} className="card space-y-4 p-4 sm:p-5">
      <Part title={t('lookup.request')}>{`POST ${request.path}\n${JSON.stringify(request.body, null, 2)}`}</Part>
      <Part
        title={t('lookup.answer')}
        note={t('lookup.rawMeaning')}
        action={<CopyText text={answer} labels={labels} />}
      >
        {answer}
      </Part>
    </section>
  )
}

interface PartProps {
  title: string
  note?: string
  action?: ReactNode
  children: string
}

function Part({ title, note, action, children }: PartProps) {
  return (
    <div>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">{title}</h3>
        {action}
      </div>
      {note && <p className="text-13 text-second">{note}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre tabIndex={0} className="mt-2 max-h-120 overflow-auto rounded-6 bg-sunk p-4 font-mono text-12">
        {children}
      </pre>
    </div>
  )
}
