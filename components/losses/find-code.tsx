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
    <search>
      <form action={PATHS.code} method="get" className="flex min-w-0 gap-2">
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
