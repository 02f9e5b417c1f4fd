import type { ErrorCode } from '@/lib/contract/errors'
import { PATHS } from '@/lib/contract/paths'

/** Reloads the page, so that it works without JavaScript. A signed-out viewer goes to the sign-in page. */
export function RetryLink({ code, label, className }: { code: ErrorCode; label: string; className: string }) {
  return (
    <a className={className} href={code === 'not_signed_in' ? PATHS.signIn : ''}>
      {label}
    </a>
  )
}
