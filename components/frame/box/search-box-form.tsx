import type { ReactNode } from 'react'
import { PATHS } from '@/lib/contract/paths'

interface Props {
  app: string
  appParam: string | null
  failed: string
  label: string
  children: ReactNode
}

/**
 * Renders a form for text of any kind. With scripts the text is posted (search-box-keys.tsx), so that no UserID reaches
 * an address. Without scripts it goes by GET, and the server redirects to a sealed address.
 */
export function SearchBoxForm({ app, appParam, failed, label, children }: Props) {
  return (
    <search className="relative w-full" aria-label={label}>
      <form action={PATHS.lookup} method="get" data-search-box={app} data-failed={failed}>
        {appParam !== null && <input type="hidden" name="app" value={appParam} />}
        {children}
        <p role="alert" className="search-box-error" />
      </form>
    </search>
  )
}
