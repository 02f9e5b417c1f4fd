import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import type { CreatedShareReply } from '@/lib/contract/shares/share'
import { embedCode } from './embed-code'

interface Props {
  created: CreatedShareReply
  onDone(): void
  words: Words
}

const QrCode = lazy(async () => ({ default: (await import('@/components/ui/qr-code')).QrCode }))

/** Shows the address of a new link, once, with its QR code and the code that embeds it. */
export function NewShare({ created: { share, url }, onDone, words: { t } }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [showsCode, setShowsCode] = useState(false)
  useEffect(() => heading.current?.focus(), [])
  const labels = {
    copy: t('shares.created.copy'),
    copied: t('shares.created.copied'),
    failed: t('shares.created.failed'),
  }
  return (
    <div className="space-y-4">
      <h2 id="share-title" ref={heading} tabIndex={-1} className="text-16 font-semibold break-words outline-none">
        {t('shares.created.title', { name: share.name })}
      </h2>
      <p>{t('shares.created.once')}</p>
      <p className="rounded-6 bg-sunk px-3 py-2 font-mono text-13 break-all select-all" data-share-address>
        {url}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <CopyText text={url} labels={labels} kind="main" />
        <p className="text-13 text-second">{t('shares.created.whole')}</p>
      </div>
      <details onToggle={(event) => setShowsCode(event.currentTarget.open)}>
        <summary className="min-h-6">
          <span className="link text-13">{t('shares.created.showQr')}</span>
        </summary>
        <div className="mt-2 h-52">
          {showsCode && (
            <Suspense>
              <QrCode text={url} label={t('shares.created.qr')} />
            </Suspense>
          )}
        </div>
      </details>
      {share.origins.length > 0 && (
        <section aria-labelledby="embed-code" className="space-y-2">
          <h3 id="embed-code" className="text-13 font-semibold">
            {t('shares.created.embed')}
          </h3>
          <p className="text-13 text-second">{t('shares.created.embedHint', { origins: share.origins.join(', ') })}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
          <pre tabIndex={0} className="overflow-auto rounded-6 bg-sunk p-3 font-mono text-12">
            {embedCode(url, share.name)}
          </pre>
          <CopyText text={embedCode(url, share.name)} labels={{ ...labels, copy: t('shares.created.copyCode') }} />
        </section>
      )}
      <button type="button" className="button max-sm:min-h-11" onClick={onDone}>
        {t('shares.created.done')}
      </button>
    </div>
  )
}
