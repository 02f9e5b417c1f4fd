'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { minute } from '@/components/i18n/time'
import { createWords } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { errorCodeOf } from '@/lib/browser/api'
import { revokeInvitation } from '@/lib/browser/people'
import type { InvitationReply } from '@/lib/contract/access/people'
import { rolesText } from './roles-text'
import type { AppChoice, Texts } from './texts'

interface Props extends Texts {
  invitations: InvitationReply[]
  apps: AppChoice[]
  tz: string
}

/** Lists links that can still be used, and revokes them. */
export function OpenLinks({ invitations, apps, tz, locale, messages }: Props) {
  const words = createWords(locale, messages)
  const { t } = words
  const router = useRouter()
  const hydrated = useHydrated()
  const { mutate, isPending, error } = useMutation({
    mutationFn: revokeInvitation,
    onSettled: () => router.refresh(),
  })
  const code = errorCodeOf(error)
  return (
    <>
      <ul className="-my-2 divide-y divide-line">
        {invitations.map(({ id, kind, email, grants, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <div className="min-w-0">
              <p className="font-medium break-words">{email}</p>
              <p className="text-13 text-second">
                {[
                  t(`people.open.${kind}`),
                  kind === 'join' ? rolesText(grants, apps, words) : null,
                  t('people.open.until', { time: minute(expiresAt, tz, locale) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            <button
              type="button"
              className="button needs-script max-sm:min-h-11"
              disabled={!hydrated || isPending}
              aria-label={t('people.open.revokeFor', { email })}
              onClick={() => mutate(id)}
            >
              {t('people.open.revoke')}
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="mt-2 text-13 text-bad empty:hidden">
        {code && t(`errors.${code}.title`)}
      </p>
    </>
  )
}
