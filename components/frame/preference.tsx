'use client'
import { useRouter } from 'next/navigation'

const YEAR = 365 * 86_400

export type PreferenceName = 'theme' | 'locale' | 'zone' | 'keys'

/** Stores a choice in a cookie of this browser. The server reads it on the next render. '' forgets the choice. */
export function storePreference(name: PreferenceName, value: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  const age = value === '' ? 0 : YEAR
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=lax${secure}`
  if (name === 'theme' || name === 'keys') document.documentElement.dataset[name] = value
}

interface Props {
  name: 'theme' | 'locale'
  options: { value: string; label: string }[]
  current: string
}

/** Offers the themes or languages in a menu. */
export function Preference({ name, options, current }: Props) {
  const router = useRouter()
  const choose = (value: string) => {
    storePreference(name, value)
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
