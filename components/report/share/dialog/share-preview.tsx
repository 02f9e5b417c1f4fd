import { useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { previewHref } from '@/lib/contract/shares/preview'
import type { ShareScope } from '@/lib/contract/shares/scope'

interface Props {
  app: string
  scope: ShareScope
  words: Words
}

/** Shows the shared page itself, as a visitor gets it, in a frame of our own. It is loaded when it is opened. */
export function SharePreview({ app, scope, words: { t } }: Props) {
  const [isOpen, setOpen] = useState(false)
  const href = previewHref({ app, scope })
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-6">
        <span className="link text-13">{t('shares.dialog.preview')}</span>
      </summary>
      {isOpen && (
        // A frame whose address changes behind the # keeps its page, so a new scope needs a new frame.
        <iframe
          key={href}
          src={href}
          title={t('shares.dialog.previewFrame')}
          className="mt-2 h-105 w-full rounded-6 border border-line"
        />
      )}
    </details>
  )
}
