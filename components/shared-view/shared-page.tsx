'use client'
import { type MouseEvent, useEffect, useMemo, useState } from 'react'
import type { Locale } from '@/components/i18n/locale'
import { useViewerZone } from '@/components/i18n/viewer-zone'
import { createWords, type Messages } from '@/components/i18n/words'
import type { SharedAccess } from '@/lib/browser/shared-view'
import { Card } from './card'
import { accessOf } from './fragment'
import { IncompleteForm } from './incomplete-form'
import { LanguageChoice } from './language-choice'
import { Opened } from './opened'
import type { LoadPage } from './use-shared-view'

interface Props {
  id: string
  load: LoadPage
  locale: Locale
  messages: Partial<Messages>
}

/** What the part of the address after # gives. The server never sees it, so it is read after the page has loaded. */
type Fragment = { state: 'unread' } | { state: 'read'; hash: string; access: SharedAccess | null }

/** Renders a shared view. The server sends the same page for every link; what it shows is asked for with the secret. */
export function SharedPage({ id, load, locale, messages }: Props) {
  const words = useMemo(() => createWords(locale, messages), [locale, messages])
  const [fragment, setFragment] = useState<Fragment>({ state: 'unread' })
  const zone = useViewerZone()
  useEffect(() => {
    const read = () => setFragment({ state: 'read', hash: location.hash, access: accessOf(id, location.hash) })
    read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [id])
  const hash = fragment.state === 'read' ? fragment.hash : ''
  const language = <LanguageChoice hash={hash} words={words} />
  if (fragment.state === 'unread' || zone === null) {
    return (
      <Card language={language} words={words}>
        <p role="status" className="text-second">
          {words.t('shared.opening')}
        </p>
      </Card>
    )
  }
  if (fragment.access === null) {
    const open = (secret: string) => {
      // The address is whole again, so that a reload and a bookmark work.
      history.replaceState(history.state, '', `${location.pathname}${location.search}#${secret}`)
      setFragment({ state: 'read', hash: `#${secret}`, access: accessOf(id, secret) })
    }
    return (
      <Card language={language} words={words}>
        <IncompleteForm id={id} onOpen={open} words={words} />
      </Card>
    )
  }
  return (
    // biome-ignore lint/a11y: it only redirects presses on links, which keyboards trigger as well
    <div onClick={stayOnPage}>
      <Opened key={hash} access={fragment.access} load={load} tz={zone} language={language} words={words} />
    </div>
  )
}

/** Scrolls to a part of the page by hand: following the link would replace the secret in the address. */
function stayOnPage(event: MouseEvent<HTMLElement>) {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const href = link?.getAttribute('href') ?? ''
  if (!href.startsWith('#')) return
  event.preventDefault()
  const target = document.getElementById(href.slice(1))
  const details = target?.closest('details')
  if (details) details.open = true
  target?.scrollIntoView({ block: 'start' })
}
