import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { errorCodeOf, errorFieldOf } from '@/lib/browser/api'
import { createShare } from '@/lib/browser/shares'
import type { ErrorCode } from '@/lib/contract/errors'
import type { CreatedShareReply } from '@/lib/contract/shares/share'
import { bodyOf, type DraftProblem, draftOf, fieldOfRefusal, problemsOf, type ShareOffer } from './draft'
import { NewShare } from './new-share'
import { ShareForm } from './share-form'

export interface ShareDialogProps {
  offer: ShareOffer
  onClose(): void
  words: Words
}

/** Creates a link. It begins with what the page shows, and says in words and in a preview what visitors will see. */
export function ShareDialog({ offer, onClose, words }: ShareDialogProps) {
  const { t } = words
  const dialog = useRef<HTMLDialogElement>(null)
  const [draft, setDraft] = useState(() => draftOf(offer))
  const [needsPassword, setNeedsPassword] = useState(false)
  const [problems, setProblems] = useState<DraftProblem[]>([])
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const [busy, setBusy] = useState(false)
  const [created, setCreated] = useState<CreatedShareReply | null>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = problemsOf(draft, needsPassword)
    setProblems(found)
    setFailure(null)
    if (found.length > 0) return focusFirst(event.currentTarget, found)
    setBusy(true)
    try {
      setCreated(await createShare(offer.app, bodyOf(draft, offer, Date.now())))
    } catch (error) {
      const field = fieldOfRefusal(errorFieldOf(error))
      setFailure(errorCodeOf(error))
      setProblems(field ? [{ field, why: 'refused' }] : [])
    }
    setBusy(false)
  }
  return (
    <dialog ref={dialog} className="share-dialog" aria-labelledby="share-title" onClose={onClose}>
      {created ? (
        <NewShare created={created} onDone={() => dialog.current?.close()} words={words} />
      ) : (
        <form method="post" noValidate onSubmit={submit} className="space-y-5">
          <div className="flex items-start justify-between gap-4">
            <h2 id="share-title" className="text-16 font-semibold">
              {t('shares.dialog.title')}
            </h2>
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              {t('shares.dialog.cancel')}
            </button>
          </div>
          <ShareForm
            {...{ offer, draft, problems, needsPassword, words }}
            onChange={setDraft}
            onNeedPassword={setNeedsPassword}
          />
          <div className="flex flex-wrap items-center gap-3">
            <button type="submit" className="button max-sm:min-h-11" data-kind="main" disabled={busy}>
              {t(busy ? 'shares.dialog.creating' : 'shares.dialog.create')}
            </button>
            <p role="alert" className="text-13 text-bad empty:hidden">
              {failure && t('shares.dialog.failed', { why: t(`errors.${failure}.title`) })}
            </p>
          </div>
        </form>
      )}
    </dialog>
  )
}

/** Moves to the first field that has to be corrected, once its message is there. */
function focusFirst(form: HTMLFormElement, [first]: DraftProblem[]) {
  requestAnimationFrame(() => {
    const field = first && form.querySelector<HTMLElement>(`[data-field="${first.field}"]`)
    field?.closest('details')?.setAttribute('open', '')
    field?.focus()
  })
}
