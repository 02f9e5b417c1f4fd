'use client'
import { forgetAll } from '@/lib/browser/recent'
import { signOut } from '@/lib/browser/session'

export function SignOut({ label }: { label: string }) {
  const leave = () => {
    forgetAll()
    signOut().finally(() => location.assign('/sign-in'))
  }
  return (
    <button type="button" className="menu-item" onClick={leave}>
      {label}
    </button>
  )
}
