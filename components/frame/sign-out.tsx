'use client'
import { signOut } from '@/lib/browser/session'

export function SignOut({ label }: { label: string }) {
  return (
    <button type="button" className="menu-item" onClick={() => signOut().finally(() => location.assign('/sign-in'))}>
      {label}
    </button>
  )
}
