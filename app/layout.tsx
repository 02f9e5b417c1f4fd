import './globals.css'
import '@/components/apps/apps.css'
import '@/components/campaigns/list.css'
import '@/components/campaigns/sheet.css'
import '@/components/charts/plot.css'
import '@/components/charts/trend.css'
import '@/components/frame/box/search-box.css'
import '@/components/losses/drawer.css'
import '@/components/losses/pareto/pareto.css'
import '@/components/losses/pareto/reason-line.css'
import '@/components/losses/sums.css'
import '@/components/lookup/bulk.css'
import '@/components/lookup/views.css'
import '@/components/overview/vendor-table.css'
import '@/components/overview/vendor-cards.css'
import '@/components/report/bar.css'
import '@/components/report/funnel-cells.css'
import '@/components/report/share/share-dialog.css'
import '@/components/report/trace/devices.css'
import '@/components/user/vendor-health.css'
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { preferences } from '@/components/i18n/preferences'

/**
 * The Latin part of each font. Other letters, and signs such as "≥", come from the system's fonts: the whole of both fonts
 * is 90 kB more, half a second on a slow phone.
 */
const sans = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  variable: '--font-geist-sans',
  weight: '100 900',
})

/** Not preloaded: only IDs and codes use it, and the page's own font should arrive first on a slow network. */
const monospace = localFont({
  src: '../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  adjustFontFallback: false,
  preload: false,
})

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafaf9' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0a09' },
  ],
}

export const metadata: Metadata = {
  title: 'Pushlens',
  robots: { index: false, follow: false },
  manifest: '/manifest.webmanifest',
  icons: { icon: '/icon.svg', apple: '/apple-touch-icon.png' },
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A prerendered page has no nonce, so its scripts would not run. Every page is rendered per request.
  await connection()
  const { locale, theme, keys } = await preferences()
  return (
    <html lang={locale} data-theme={theme} data-keys={keys} className={`${sans.variable} ${monospace.variable}`}>
      <body>{children}</body>
    </html>
  )
}
