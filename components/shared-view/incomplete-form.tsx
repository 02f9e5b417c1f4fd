import { useState } from 'react'
import type { Words } from '@/components/i18n/words'
import { Field } from '@/components/ui/field'
import { secretOfAddress } from './fragment'

interface Props {
  id: string
  onOpen(secret: string): void
  words: Words
}

/** Takes the whole address by hand, for addresses that a chat app has cut at the #. */
export function IncompleteForm({ id, onOpen, words: { t } }: Props) {
  const [isWrong, setWrong] = useState(false)
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        const secret = secretOfAddress(String(new FormData(event.currentTarget).get('address')), id)
        if (secret === null) setWrong(true)
        else onOpen(secret)
      }}
    >
      <h1 className="text-20 font-semibold">{t('shared.incomplete.title')}</h1>
      <p className="text-second">{t('shared.incomplete.detail')}</p>
      <Field name="address" label={t('shared.incomplete.label')} required invalid={isWrong} />
      <p role="alert" className="text-13 text-bad empty:hidden">
        {isWrong && t('shared.incomplete.wrong')}
      </p>
      <button type="submit" className="button max-sm:min-h-11" data-kind="main">
        {t('shared.incomplete.open')}
      </button>
    </form>
  )
}
