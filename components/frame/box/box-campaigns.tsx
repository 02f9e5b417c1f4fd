'use client'
import { useEffect, useRef, useState } from 'react'
import { couldBeName } from './could-be-name'
import type { FoundCampaign } from './find-campaigns'

export interface BoxCampaignsProps {
  app: string
  appParam: string | null
  label: string
}

/** Typing pauses this long before campaigns are searched. */
const PAUSE_MS = 150

/** Lists the campaigns whose name or tag is typed into the box around it. The searching code is loaded at the first letter. */
export function BoxCampaigns({ app, appParam, label }: BoxCampaignsProps) {
  const place = useRef<HTMLDivElement>(null)
  const [found, setFound] = useState<FoundCampaign[]>([])
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return
    let timer = 0
    let request = new AbortController()
    const clear = () => {
      clearTimeout(timer)
      request.abort()
      request = new AbortController()
    }
    const onInput = (event: Event) => {
      clear()
      const { signal } = request
      const text =
        event.target instanceof HTMLElement && 'value' in event.target ? String(event.target.value).trim() : ''
      if (!couldBeName(text)) return setFound([])
      timer = window.setTimeout(async () => {
        const { findCampaigns } = await import('./find-campaigns')
        const campaigns = await findCampaigns({ app, appParam, text }, signal)
        if (!signal.aborted) setFound(campaigns)
      }, PAUSE_MS)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing) return
      if (event.key === 'Escape' && place.current?.firstChild) {
        // Escape leaves one thing at a time: first the list, then the box.
        event.preventDefault()
        setFound([])
        form.querySelector<HTMLElement>('[data-search-field]')?.focus()
      }
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(form, event)
    }
    form.addEventListener('input', onInput)
    form.addEventListener('keydown', onKey)
    return () => {
      clear()
      form.removeEventListener('input', onInput)
      form.removeEventListener('keydown', onKey)
    }
  }, [app, appParam])
  return (
    <div ref={place}>
      {found.length > 0 && (
        <nav className="menu inset-x-0" aria-label={label}>
          <p className="px-2.5 py-1 text-12 text-second">{label}</p>
          <ul>
            {found.map(({ href, name, detail }) => (
              <li key={href}>
                <a href={href} className="menu-item">
                  <span className="min-w-0 flex-1 truncate">{name}</span>
                  {detail && <span className="max-w-1/2 truncate text-12 text-second">{detail}</span>}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}

/** Moves the focus between the box and the results. */
function moveFocus(form: HTMLFormElement, event: KeyboardEvent): void {
  const stops = [...form.querySelectorAll<HTMLElement>('[data-search-field], nav a')]
  const { activeElement } = document
  const at = activeElement instanceof HTMLElement ? stops.indexOf(activeElement) : -1
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at < 0 || !next || stops.length < 2) return
  event.preventDefault()
  next.focus()
}
