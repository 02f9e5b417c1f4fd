import type { Words } from '@/components/i18n/words'
import type { LossesView } from '@/lib/contract/links'
import { PATHS } from '@/lib/contract/paths'

interface Props {
  app: string | null
  view: LossesView
  initial?: string
  words: Words
}

/** Searches for a code or words in the losses and in the dictionary, in the same range. */
export function FindCode({ app, view, initial = '', words: { t } }: Props) {
  const { source, range, from, to, tz } = view
  const fields = Object.entries({ app: app ?? undefined, source, range, from, to, tz })
  return (
    <search className="card no-print flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-3 max-sm:px-4">
      <h2 className="font-semibold">{t('losses.find.title')}</h2>
      <form action={PATHS.code} method="get" className="flex min-w-0 flex-1 gap-2">
        {fields.map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
        <input
          className="field min-h-9 w-64 max-w-full min-w-0"
          type="search"
          name="code"
          required
          maxLength={200}
          defaultValue={initial}
          aria-label={t('losses.find.label')}
          placeholder={t('losses.find.placeholder')}
          autoComplete="off"
        />
        <button type="submit" className="button">
          {t('losses.find.submit')}
        </button>
      </form>
    </search>
  )
}
