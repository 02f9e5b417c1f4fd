'use client'
import { signOut } from '@/lib/browser/session'

export function SignOut({ label }: { label: string }) {
  const leave = async () => {
    const { forgetAll } = await import('@/lib/browser/recent')
    forgetAll()
    await signOut().finally(() => location.assign('/sign-in'))
  }
  return (
    <button type="button" className="menu-item" onClick={leave}>
      {label}
    </button>
  )
}
