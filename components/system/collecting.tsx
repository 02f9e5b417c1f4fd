import type { ReactNode } from 'react'
import { minute } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { Notice } from '@/components/ui/notice'
import type { StatusReply } from '@/lib/contract/apps'

interface Props {
  reply: StatusReply
  /** The buttons for administrators. */
  controls?: ReactNode
  words: Words
}

/** Shows whether collection runs, what that means, and how often Tencent is asked. */
export function Collecting({ reply, controls, words }: Props) {
  const { t, locale } = words
  const { collecting, app } = reply
  const time = collecting.since ? minute(collecting.since, app.utcOffset, locale) : ''
  return (
    <section className="card space-y-3 px-5 py-4 max-sm:px-4" aria-labelledby="collecting">
      <div>
        <h2 id="collecting" className="text-16 font-semibold">
          {t('system.collecting.title')}
        </h2>
        <p className="max-w-[78ch] text-13 text-second">{t(`system.collecting.state.${collecting.state}`, { time })}</p>
      </div>
      {controls}
    </section>
  )
}

/** Warns that other software uses the same request quota, with what to do about it. */
export function Crowded({
  reply,
  apart,
  words: { t, locale },
}: {
  reply: StatusReply
  apart?: ReactNode
  words: Words
}) {
  const { crowded, app } = reply
  if (!crowded) return null
  return (
    <Notice kind="warn" title={t('system.collecting.crowded.title')} action={crowded.together && apart}>
      <p>{t('system.collecting.crowded.detail', { time: minute(crowded.at, app.utcOffset, locale) })}</p>
      {crowded.together && <p>{t('system.collecting.crowded.together')}</p>}
    </Notice>
  )
}
