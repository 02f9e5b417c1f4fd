import type { Words } from '@/components/i18n/words'
import { footText } from '@/components/report/picture/funnel-lines'
import { LIGHT, PADDING, type Shape, WIDTH } from '@/components/report/picture/shapes'
import type { FunnelReply } from '@/lib/contract/funnel'

/** The height that the head and `footShapes` take. */
export const HEAD = 88
export const FOOT = 48

/** Writes when the data was fetched, how the total was made, and what is missing. */
export function footShapes(y: number, reply: FunnelReply, words: Words): Shape[] {
  const text = footText(reply, words)
  return [{ kind: 'text', x: PADDING, y: y + 24, text, size: 12, fill: LIGHT.second, maxWidth: WIDTH - 2 * PADDING }]
}
