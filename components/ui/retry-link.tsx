import type { ErrorCode } from '@/lib/contract/errors'
import { PATHS } from '@/lib/contract/links'

/** A plain reload, so that it works without JavaScript too; who is signed out is led to the door. */
export function RetryLink({ code, label, className }: { code: ErrorCode; label: string; className: string }) {
  return (
    <a className={className} href={code === 'not_signed_in' ? PATHS.signIn : ''}>
      {label}
    </a>
  )
}
