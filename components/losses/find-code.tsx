import type { Words } from '@/components/i18n/words'
import { type LossesView, PATHS } from '@/lib/contract/links'

interface Props {
  app: string | null
  view: LossesView
  asked?: string
  words: Words
}

/** A box for a code or words; its page says what they mean and what they cost in the same range. */
export function FindCode({ app, view, asked = '', words: { t } }: Props) {
  const { source, range, from, to, tz } = view
  const kept = Object.entries({ app: app ?? undefined, source, range, from, to, tz })
  return (
    <search>
      <form action={PATHS.code} method="get" className="flex min-w-0 gap-2">
        {kept.map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
        <input
          className="field min-h-9 w-64 max-w-full min-w-0"
          type="search"
          name="code"
          required
          maxLength={200}
          defaultValue={asked}
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
