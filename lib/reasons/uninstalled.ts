import type { Explanation } from './explain'
import { plain } from './words'

/** In letters alone, as `plain` gives them. */
const UNINSTALLED = /uninstalled|uninstallation|(not|nolonger|isnt)installed|(未|没有|不再)安装|卸载/
/** A text that offers several reasons does not decide between them. */
const ALTERNATIVES = /[/,;，、；]|\bor\b|或/i

/**
 * Whether a lost token means that the app is no longer on the phone, and nothing else: by the text, or by what its code
 * stands for. The user then has to install the app again; opening it is impossible.
 */
export function saysUninstalled(text: string, { cause, candidates }: Explanation): boolean {
  const first = candidates.find((entry) => entry.cause === cause)
  return [text, first?.name ?? ''].some((one) => UNINSTALLED.test(plain(one)) && !ALTERNATIVES.test(one))
}
