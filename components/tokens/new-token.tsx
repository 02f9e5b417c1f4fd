import { useEffect, useRef } from 'react'
import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import type { CreatedTokenReply } from '@/lib/contract/access/tokens'

interface Props {
  created: CreatedTokenReply
  words: Words
  close: () => void
}

/** Shows the text of a new token, with a request that uses it. */
export function NewToken({ created: { name, token }, words: { t }, close }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const labels = {
    copy: t('tokens.created.copy'),
    copied: t('tokens.created.copied'),
    failed: t('tokens.created.failed'),
  }
  const example = `curl -H 'Authorization: Bearer ${token}' ${window.location.origin}/api/v1/apps`
  return (
    <section className="card space-y-3 border-accent p-5 max-sm:p-4" aria-labelledby="created-token">
      <h2 id="created-token" ref={heading} tabIndex={-1} className="text-16 font-semibold">
        {t('tokens.created.title', { name })}
      </h2>
      <p>{t('tokens.created.once')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <code className="min-w-0 rounded-6 bg-sunk px-3 py-2 font-mono text-13 break-all select-all">{token}</code>
        <CopyText text={token} labels={labels} kind="main" />
      </div>
      <p className="text-13 text-second">{t('tokens.created.example')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-auto rounded-6 bg-sunk p-3 font-mono text-12">
        {example}
      </pre>
      <button type="button" className="button max-sm:min-h-11" onClick={close}>
        {t('tokens.created.done')}
      </button>
    </section>
  )
}
