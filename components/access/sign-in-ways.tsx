import type { Words } from '@/components/i18n/words'
import type { OidcProblem } from '@/lib/contract/access/oidc'
import { startOidcHref } from '@/lib/contract/access/sign-in-links'
import { setupHref } from '@/lib/contract/links'
import type access from '@/messages/en/access.json'
import type { ErrorTexts } from './form'
import { SignInForm } from './sign-in-form'

interface Props {
  texts: typeof access
  errors: ErrorTexts
  words: Words
  /** The path to open after sign-in. It belongs to this server. */
  next: string
  /** Single sign-on, with the provider's name; null where it is not configured. */
  oidc: { name: string | null } | null
  /** Why the last attempt of single sign-on failed. */
  problem: OidcProblem | null
  /** What is offered besides single sign-on: a password, the setup of the first administrator, or nothing. */
  local: 'password' | 'setup' | 'off'
}

/** Renders the ways to sign in. The button of single sign-on is a plain form, so that it works before the page's scripts. */
export function SignInWays({ texts, errors, words, next, oidc, problem, local }: Props) {
  const { t } = words
  if (!oidc) return <SignInForm texts={texts} errors={errors} next={next} />
  return (
    <div className="space-y-4">
      {problem && (
        <div role="alert" className="text-13">
          <p className="font-semibold text-bad">{t(`oidc.problem.${problem}.title`)}</p>
          <p>{t(`oidc.problem.${problem}.detail`)}</p>
        </div>
      )}
      <form method="post" action={startOidcHref(next)}>
        <button type="submit" className="button min-h-10 w-full" data-kind={local === 'password' ? undefined : 'main'}>
          {oidc.name === null ? t('oidc.buttonUnnamed') : t('oidc.button', { name: oidc.name })}
        </button>
      </form>
      {local === 'off' && <p className="min-h-10 text-13 text-second">{t('oidc.localOff')}</p>}
      {local === 'setup' && (
        <p className="min-h-10 text-13">
          <a href={setupHref()} className="link">
            {t('oidc.setup')}
          </a>
        </p>
      )}
      {local === 'password' && (
        <>
          <p className="flex items-center gap-3 text-13 text-second">
            <span className="h-px flex-1 bg-line" />
            {t('oidc.or')}
            <span className="h-px flex-1 bg-line" />
          </p>
          <SignInForm texts={texts} errors={errors} next={next} />
        </>
      )}
    </div>
  )
}
