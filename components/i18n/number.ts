import type { Locale } from './locale'

const MINUS = '−'
const NARROW_SPACE = '\u202f'

/**
 * Numbers are written by hand, not by Intl: the server's and the browser's tables differ between versions, and a page
 * must be the same in both.
 */
export function exact(n: number): string {
  const digits = String(Math.abs(Math.round(n))).replace(/\B(?=(\d{3})+$)/g, ',')
  return n < 0 ? `${MINUS}${digits}` : digits
}

const UNITS: Record<Locale, readonly [number, string][]> = {
  en: [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ],
  'zh-CN': [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  ko: [
    [1e8, '억'],
    [1e4, '만'],
  ],
}

/** 12.3M, 1,234.5万, 1,234.5만. Rounds down, so that it never claims more than there was. */
export function compact(n: number, locale: Locale): string {
  const unit = UNITS[locale].find(([size]) => Math.abs(n) >= size)
  if (!unit) return exact(n)
  const tenths = Math.trunc((n / unit[0]) * 10)
  const rest = Math.abs(tenths % 10)
  return `${exact(Math.trunc(tenths / 10))}${rest ? `.${rest}` : ''}${unit[1]}`
}

/** A large number fits its place exactly up to eight digits; above that it is compact and the exact one is on hover. */
export function headline(n: number, locale: Locale): { text: string; title?: string } {
  return Math.abs(n) < 1e7 ? { text: exact(n) } : { text: compact(n, locale), title: exact(n) }
}

/** A fraction as a percentage with one decimal; never 0 for something, never 100 for not quite all. */
export function percent(fraction: number, locale: Locale): string {
  const gap = locale === 'en' ? NARROW_SPACE : ''
  const value = fraction * 100
  if (value > 0 && value < 0.05) return `<${gap}0.1${gap}%`
  if (value < 100 && value >= 99.95) return `99.9${gap}%`
  const text = value.toFixed(1).replace(/\.0$/, value === 0 || value === 100 ? '' : '.0')
  return `${text.replace('-', MINUS)}${gap}%`
}
