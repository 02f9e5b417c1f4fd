import type { Words } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'

interface Props {
  busy: boolean
  failure: 'wrong' | 'tooMany' | null
  onEnter(password: string): void
  words: Words
}

/** Asks for the password of a link. A refusal says no more than that the link did not open. */
export function PasswordForm({ busy, failure, onEnter, words: { t } }: Props) {
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        onEnter(String(new FormData(event.currentTarget).get('password')))
      }}
    >
      <h1 className="text-20 font-semibold">{t('shared.password.title')}</h1>
      <p className="text-second">{t('shared.password.detail')}</p>
      <Field
        name="password"
        type="password"
        label={t('shared.password.label')}
        showLabel={t('shared.password.show')}
        autoComplete="current-password"
        required
        autoFocus
        invalid={failure === 'wrong'}
      />
      <p role="alert" className="text-13 text-bad empty:hidden">
        {failure && t(`shared.password.${failure}`)}
      </p>
      <button type="submit" className="button max-sm:min-h-11" data-kind="main" disabled={busy}>
        {t(busy ? 'shared.opening' : 'shared.password.open')}
      </button>
    </form>
  )
}
