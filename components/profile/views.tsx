'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { createWords, type Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { changeView, removeView } from '@/lib/browser/views'
import type { ErrorCode } from '@/lib/contract/errors'
import { VIEW_LIMITS } from '@/lib/contract/limits'
import type { ViewReply } from '@/lib/contract/views/saved-views'
import type { Texts } from './texts'

/** Lists the person's views. Renames and deletes them, and chooses the start page. */
export function Views({ views, locale, messages }: Texts & { views: ViewReply[] }) {
  const words = createWords(locale, messages)
  const { t } = words
  if (views.length === 0) return <p>{t('views.profile.none')}</p>
  return (
    <ul aria-label={t('views.profile.title')} className="-my-2 divide-y divide-line">
      {views.map((view) => (
        <Row key={view.id} view={view} words={words} />
      ))}
    </ul>
  )
}

type Mode = 'shown' | 'renaming' | 'removing'

function Row({ view, words }: { view: ViewReply; words: Words }) {
  const { t } = words
  const router = useRouter()
  const [mode, setMode] = useState<Mode>('shown')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const run = async (work: Promise<unknown>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work
      setMode('shown')
      router.refresh()
    } catch (error) {
      setFailure(errorCodeOf(error))
    }
    setBusy(false)
  }
  const { id, name, app, page, href, start } = view
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
      {mode === 'renaming' ? (
        <Rename name={name} busy={busy} onSave={(to) => run(changeView(id, { name: to }))} words={words} />
      ) : (
        <p className="min-w-0">
          <a href={href} className="link font-medium wrap-anywhere" dir="auto">
            {name}
          </a>
          {start && (
            <span className="ms-2 rounded-4 bg-accent-soft px-1.5 py-0.5 text-12 text-on-accent-soft">
              {t('views.start')}
            </span>
          )}
          <span className="block text-13 text-second">
            {t('views.profile.of', { page: t(`common.nav.${page}`), app: app.name })}
          </span>
        </p>
      )}
      <Buttons
        {...{ view, mode, setMode, busy, words }}
        onStart={() => run(changeView(id, { start: !start }))}
        onRemove={() => run(removeView(id))}
      />
      <p role="alert" className="w-full text-13 text-bad empty:hidden">
        {failure && t(`errors.${failure}.title`)}
      </p>
    </li>
  )
}

interface ButtonsProps {
  view: ViewReply
  mode: Mode
  setMode(mode: Mode): void
  busy: boolean
  onStart(): void
  onRemove(): void
  words: Words
}

function Buttons({ view: { name, start }, mode, setMode, busy, onStart, onRemove, words: { t } }: ButtonsProps) {
  const hydrated = useHydrated()
  const button = (label: string, onClick: () => void, aria?: string) => (
    <button
      type="button"
      className="button max-sm:min-h-11"
      disabled={!hydrated || busy}
      aria-label={aria}
      onClick={onClick}
    >
      {label}
    </button>
  )
  const asked = start ? 'endStart' : 'makeStart'
  return (
    <div className="needs-script flex flex-wrap gap-2">
      {mode === 'shown' && (
        <>
          {button(t(`views.profile.${asked}`), onStart, t(`views.profile.${asked}This`, { name }))}
          {button(t('views.profile.rename'), () => setMode('renaming'), t('views.profile.renameThis', { name }))}
          {button(t('views.profile.remove'), () => setMode('removing'), t('views.profile.removeThis', { name }))}
        </>
      )}
      {mode === 'removing' && button(t('views.profile.confirm'), onRemove, t('views.profile.removeThis', { name }))}
      {mode !== 'shown' && button(t('views.profile.cancel'), () => setMode('shown'))}
    </div>
  )
}

interface RenameProps {
  name: string
  busy: boolean
  onSave(name: string): void
  words: Words
}

function Rename({ name, busy, onSave, words: { t } }: RenameProps) {
  return (
    <form
      method="post"
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(String(new FormData(event.currentTarget).get('name') ?? ''))
      }}
    >
      <label className="min-w-0 flex-1 basis-60 text-13 font-medium">
        {t('views.profile.name')}
        <input
          className="field mt-1 font-normal max-sm:min-h-11"
          name="name"
          defaultValue={name}
          required
          maxLength={VIEW_LIMITS.name}
          autoComplete="off"
          dir="auto"
        />
      </label>
      <button type="submit" className="button min-h-9 max-sm:min-h-11" disabled={busy}>
        {t('views.profile.save')}
      </button>
    </form>
  )
}
