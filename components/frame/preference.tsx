'use client'
import { useRouter } from 'next/navigation'

const YEAR = 365 * 86_400

interface Props {
  name: 'theme' | 'locale'
  options: { value: string; label: string }[]
  current: string
}

/** Stores the choice of theme or language in a cookie of this browser. The server reads it on the next render. */
export function Preference({ name, options, current }: Props) {
  const router = useRouter()
  const choose = (value: string) => {
    const secure = location.protocol === 'https:' ? '; secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
    document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax${secure}`
    if (name === 'theme') document.documentElement.dataset.theme = value
    router.refresh()
  }
  return options.map(({ value, label }) => (
    <li key={value}>
      <button
        type="button"
        className="menu-item"
        data-chosen
        aria-pressed={value === current}
        lang={name === 'locale' ? value : undefined}
        onClick={() => choose(value)}
      >
        {label}
      </button>
    </li>
  ))
}
