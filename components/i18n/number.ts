import type { Locale } from './locale'

const MINUS = '−'
const NARROW_SPACE = '\u202f'

/**
 * Formats a whole number. Intl is not used, because its data differs between server and browser, and both must render
 * the same page.
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

/** Returns 12.3M, 1,234.5万 or 1,234.5만. Rounds down, so that it never shows more than there was. */
export function compact(n: number, locale: Locale): string {
  const unit = UNITS[locale].find(([size]) => Math.abs(n) >= size)
  if (!unit) return exact(n)
  const tenths = Math.trunc((n / unit[0]) * 10)
  const rest = Math.abs(tenths % 10)
  return `${exact(Math.trunc(tenths / 10))}${rest ? `.${rest}` : ''}${unit[1]}`
}

/** Returns a number for a headline: exact up to seven digits, else compact with the exact number as title. */
export function headline(n: number, locale: Locale): { text: string; title?: string } {
  return Math.abs(n) < 1e7 ? { text: exact(n) } : { text: compact(n, locale), title: exact(n) }
}

/**
 * Formats a fraction as a percentage with one decimal. A positive fraction is never 0 %, and less than all is never 100
 * %.
 */
export function percent(fraction: number, locale: Locale): string {
  const gap = locale === 'en' ? NARROW_SPACE : ''
  const value = fraction * 100
  if (value > 0 && value < 0.05) return `<${gap}0.1${gap}%`
  if (value < 100 && value >= 99.95) return `99.9${gap}%`
  const text = value.toFixed(1).replace(/\.0$/, value === 0 || value === 100 ? '' : '.0')
  return `${text.replace('-', MINUS)}${gap}%`
}

/** Returns a size in megabytes (10^6 bytes) with one digit after the point, without the unit. */
export function megabytes(bytes: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6)
}
