'use client'
import { useId, useState } from 'react'
import { isoDay, minute, zoneLabel } from '@/components/i18n/time'
import type { Words } from '@/components/i18n/words'
import { CopyText } from '@/components/ui/copy-text'
import { stripControls } from '@/components/ui/strip-controls'

interface Props {
  userId: string
  /** When the trouble began. It is the first guess for the hour. */
  since: string
  tz: string
  words: Words
}

/**
 * Lists what to ask the user, and the four fields of Tencent's Push Records (upstream page 139819) as a text to send.
 */
export function ChatRequest({ userId, since, tz, words }: Props) {
  const { t } = words
  const [sender, setSender] = useState('')
  const [from, setFrom] = useState(`${isoDay(since, tz)}T${clockOf(since, tz)}`)
  const [content, setContent] = useState('')
  const orUnknown = (text: string) => stripControls(text.trim()) || t('user.chat.unknown')
  const fields = [
    `${t('user.chat.sender')}: ${orUnknown(sender)}`,
    `${t('user.chat.receiver')}: ${stripControls(userId)}`,
    `${t('user.chat.time')}: ${t('user.chat.window', { ...hourFrom(from), zone: zoneLabel(since, tz) })}`,
    `${t('user.chat.words')}: ${orUnknown(content)}`,
  ]
  const text = [t('user.chat.request'), ...fields].join('\n')
  const labels = { copy: t('user.chat.copy'), copied: t('lookup.copy.copied'), failed: t('lookup.copy.failed') }
  return (
    <section aria-labelledby="chat" className="card p-4 sm:p-5">
      <h2 id="chat" className="text-16 font-semibold">
        {t('user.chat.title')}
      </h2>
      <p className="mt-1 max-w-[78ch] text-second">{t('user.chat.lead')}</p>
      <div className="mt-3 grid gap-x-10 gap-y-4 md:grid-cols-[2fr_3fr]">
        <div>
          <h3 className="font-medium">{t('user.chat.ask')}</h3>
          <ol className="mt-1 list-decimal space-y-1 ps-5 marker:text-second">
            {(['which', 'when', 'text', 'open'] as const).map((question) => (
              <li key={question}>{t(`user.chat.${question}`)}</li>
            ))}
          </ol>
        </div>
        <div className="min-w-0">
          <h3 className="font-medium">{t('user.chat.fields')}</h3>
          <div className="needs-script no-print mt-1 grid gap-3 sm:grid-cols-3">
            <Field label={t('user.chat.sender')} value={sender} onChange={setSender} />
            <Field
              label={`${t('user.chat.when')} (${zoneLabel(since, tz)})`}
              type="datetime-local"
              value={from}
              onChange={setFrom}
            />
            <Field label={t('user.chat.words')} value={content} onChange={setContent} />
          </div>
          <pre className="mt-3 rounded-6 bg-sunk p-3 text-13 whitespace-pre-wrap break-words">{text}</pre>
          <div className="mt-3">
            <CopyText text={text} labels={labels} />
          </div>
        </div>
      </div>
    </section>
  )
}

interface FieldProps {
  label: string
  type?: 'text' | 'datetime-local'
  value: string
  onChange(value: string): void
}

function Field({ label, type = 'text', value, onChange }: FieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col justify-end">
      <label htmlFor={id} className="text-12 text-second">
        {label}
      </label>
      <input
        id={id}
        type={type}
        className="field mt-0.5 text-13"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}

const clockOf = (at: string, tz: string): string => minute(at, tz, 'en').slice(-5)

/** Returns the hour that begins at a wall-clock time, as Push Records takes it. The zone does not matter here. */
function hourFrom(local: string): { from: string; to: string } {
  const begin = Date.parse(`${local}:00Z`)
  if (!Number.isFinite(begin)) return { from: '…', to: '…' }
  const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
  return { from: wall(begin), to: wall(begin + 3_600_000) }
}
