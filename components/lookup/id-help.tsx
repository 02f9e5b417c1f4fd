import type { Words } from '@/components/i18n/words'

const IDS = ['push', 'task', 'user', 'msg'] as const

/** Explains where to find each kind of ID. It is closed until someone pastes a wrong ID. */
export function IdHelp({ words: { t }, open = false }: { words: Words; open?: boolean }) {
  return (
    <details className="card px-5 py-2.5 max-sm:px-4" open={open}>
      <summary className="link flex min-h-9 items-center">{t('box.how.title')}</summary>
      <ul className="max-w-[78ch] space-y-2 pt-1 pb-2">
        {IDS.map((id) => (
          <li key={id}>{t(`box.how.${id}`)}</li>
        ))}
      </ul>
    </details>
  )
}
