'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { minute } from '@/components/i18n/time'
import { createWords, type Words } from '@/components/i18n/words'
import { useHydrated } from '@/components/ui/hydrated'
import { stripControls } from '@/components/ui/strip-controls'
import { errorCodeOf } from '@/lib/browser/api'
import { endOtherSessions, endSession } from '@/lib/browser/profile'
import type { SessionReply } from '@/lib/contract/access/people'
import { deviceOf } from './device-name'
import type { Texts } from './texts'

/** Lists where the person is signed in, and ends these sessions. */
export function Sessions({ sessions, tz, locale, messages }: Texts & { sessions: SessionReply[]; tz: string }) {
  const words = createWords(locale, messages)
  const { t } = words
  const router = useRouter()
  const hydrated = useHydrated()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (id: string | null) => (id === null ? endOtherSessions() : endSession(id)),
    onSuccess: () => router.refresh(),
  })
  const code = errorCodeOf(error)
  return (
    <>
      <ul className="-my-2 divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <SessionText session={session} tz={tz} words={words} />
            {!session.current && (
              <button
                type="button"
                className="button needs-script max-sm:min-h-11"
                disabled={!hydrated || isPending}
                aria-label={t('profile.sessions.endThis', { device: deviceText(session, words) })}
                onClick={() => mutate(session.id)}
              >
                {t('profile.sessions.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {sessions.some(({ current }) => !current) && (
        <button
          type="button"
          className="button needs-script mt-4 max-sm:min-h-11"
          disabled={!hydrated || isPending}
          onClick={() => mutate(null)}
        >
          {t('profile.sessions.endOthers')}
        </button>
      )}
      <p role="status" className="mt-2 text-13 text-bad empty:hidden">
        {code && t(`errors.${code}.title`)}
      </p>
    </>
  )
}

function SessionText({ session, tz, words }: { session: SessionReply; tz: string; words: Words }) {
  const { t, locale } = words
  const times = {
    seen: minute(session.seenAt, tz, locale),
    created: minute(session.createdAt, tz, locale),
  }
  return (
    <div className="min-w-0">
      <p className="font-medium">
        {deviceText(session, words)}
        {session.current && (
          <span className="ms-2 rounded-4 bg-accent-soft px-1.5 py-0.5 text-12 text-on-accent-soft">
            {t('profile.sessions.current')}
          </span>
        )}
      </p>
      <p className="text-13 text-second">
        {t('profile.sessions.times', times)} · {t('profile.sessions.address', { address: session.address })}
      </p>
    </div>
  )
}

/** Says the browser and system, or the header as the browser sent it. */
function deviceText({ device }: SessionReply, { t }: Words): string {
  const { browser, system } = deviceOf(device)
  if (browser && system) return t('profile.sessions.on', { browser, system })
  return browser ?? system ?? (stripControls(device) || t('profile.sessions.unknown'))
}
