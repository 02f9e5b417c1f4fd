'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import type { Words } from '@/components/i18n/words'
import { errorCodeOf } from '@/lib/browser/api'
import { setCollecting } from '@/lib/browser/collecting'
import { statusOptions } from '@/lib/browser/queries'
import type { CollectingBody, StatusReply } from '@/lib/contract/apps'
import { MAX_EVERY_S } from '@/lib/contract/limits'

function useCollecting(app: string) {
  const cache = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: (change: CollectingBody) => setCollecting(app, change),
    onSuccess: (status) => {
      cache.setQueryData(statusOptions(app).queryKey, status)
      router.refresh()
    },
  })
}

interface Props {
  reply: StatusReply
  words: Words
}

/** Pauses and resumes collection, and sets the minimum time between requests. */
export function CollectingControls({ reply, words: { t } }: Props) {
  const { mutate, isPending, error } = useCollecting(reply.app.id)
  const paused = reply.collecting.state === 'paused'
  const code = errorCodeOf(error)
  const set = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('every') ?? '')
    mutate({ everyS: text === '' ? null : Number(text) })
  }
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <form onSubmit={set} className="flex flex-wrap items-center gap-2">
        <label htmlFor="every" className="font-medium">
          {t('system.collecting.every')}
        </label>
        <input
          key={reply.everyS}
          id="every"
          name="every"
          type="number"
          inputMode="numeric"
          className="field w-20!"
          min={1}
          max={MAX_EVERY_S}
          step={1}
          defaultValue={reply.everyS ?? ''}
          placeholder="1"
          aria-describedby="every-meaning"
        />
        <span>{t('system.collecting.seconds')}</span>
        <button type="submit" className="button" disabled={isPending}>
          {t('system.collecting.set')}
        </button>
        {reply.everyS !== null && (
          <button type="button" className="button" disabled={isPending} onClick={() => mutate({ everyS: null })}>
            {t('system.collecting.free')}
          </button>
        )}
        <p id="every-meaning" className="w-full text-12 text-second">
          {t('system.collecting.everyMeaning')}
        </p>
      </form>
      {reply.collecting.state !== 'off' && (
        <button type="button" className="button" disabled={isPending} onClick={() => mutate({ paused: !paused })}>
          {t(paused ? 'system.collecting.resume' : 'system.collecting.pause')}
        </button>
      )}
      <p role="status" className="w-full text-13 text-warn empty:hidden">
        {code && t(`errors.${code}.title`)}
      </p>
    </div>
  )
}

/** Separates lanes that were put together. */
export function Apart({ reply, words: { t } }: Props) {
  const { mutate, isPending } = useCollecting(reply.app.id)
  return (
    <button type="button" className="button" disabled={isPending} onClick={() => mutate({ together: false })}>
      {t('system.collecting.crowded.apart')}
    </button>
  )
}
