'use client'
import { signOut } from '@/lib/browser/session'
import { PATHS } from '@/lib/contract/paths'

export function SignOut({ label }: { label: string }) {
  const leave = async () => {
    // Also forget this browser's recent look-ups. If that code cannot be loaded, sign-out continues.
    await import('@/lib/browser/recent').then(({ forgetAll }) => forgetAll()).catch(() => undefined)
    await signOut().finally(() => location.assign(PATHS.signIn))
  }
  return (
    <button type="button" className="menu-item" onClick={leave}>
      {label}
    </button>
  )
}
