import { exact, percent } from '@/components/i18n/number'
import type { Words } from '@/components/i18n/words'
import { aboutText, type PictureSubject } from '@/components/report/picture/funnel-lines'
import type { Sheet, SheetRow } from '@/components/report/picture/sheet-picture'
import { oneLine, reasonActor, reasonTitle } from '@/components/report/reason-titles'
import type { Grouping } from '@/lib/contract/links'
import type { LossesReply, LossStageReply } from '@/lib/contract/losses'
import { isCompared } from '../compared'
import { lossChangeText } from '../loss-change'
import { lossFacts } from '../loss-facts'
import { foldLines, type ParetoRow, paretoLines } from '../pareto/pareto-lines'

interface SheetQuestion {
  reply: LossesReply
  grouping: Grouping
  /** Only the reasons with this code. */
  code?: string | undefined
  subject: PictureSubject
  words: Words
}

/** Returns the losses as a table: for each stage its sum, its reasons as the page groups them, and what is left. */
export function lossSheet({ reply, grouping, code, subject, words }: SheetQuestion): Sheet {
  const { t } = words
  const column = (name: 'count' | 'share' | 'cumulative' | 'change') => t(`losses.column.${name}`)
  const title = code === undefined ? t('losses.title') : t('losses.code.title', { code: oneLine(code) })
  return {
    title: `${title} · ${t(`overview.source.${reply.source}`)}`,
    about: aboutText(reply, subject, words),
    demo: subject.demo ? t('common.demo') : null,
    columns: [
      { name: t('losses.column.reason'), share: 400 },
      { name: t('losses.drawer.code'), share: 150 },
      ...[column('count'), column('share'), column('cumulative'), isCompared(reply) ? column('change') : ''].map(
        (name) => ({ name, share: 105, end: true }),
      ),
      { name: t('losses.column.actor'), share: 165 },
    ],
    rows: reply.stages.flatMap((stage) => stageRows(stage, { grouping, code, words })),
    foot: chunksOf(lossFacts(reply, words)),
  }
}

type Shown = Pick<SheetQuestion, 'grouping' | 'code' | 'words'>

function stageRows(stage: LossStageReply, { grouping, code, words }: Shown): SheetRow[] {
  const { t } = words
  const count = (n: number | null) => (n === null ? t('losses.unknown') : exact(n))
  const isShown = (row: { code: string }) => row.code.trim().toLowerCase() === code?.toLowerCase()
  const reasons = stage.reasons?.filter((row) => code === undefined || isShown(row)) ?? []
  const { head, rest } = foldLines(paretoLines({ ...stage, reasons }, grouping))
  const rows = [...head, ...rest].filter((row) => code === undefined || row.kind === 'line')
  const change = stage.change?.lost ?? null
  const sum = (name: string, n: number | null): SheetRow => ({ cells: [name, '', count(n)] })
  return [
    {
      bold: true,
      cells: [t(`losses.stage.${stage.stage}`), '', count(stage.lost), '', '', lossChangeText(change, words)],
    },
    ...rows.map((row) => ({ cells: cellsOf(row, { stage, grouping, words }) })),
    ...(code === undefined && stage.notReported !== null && stage.notReported > 0
      ? [sum(t('losses.sum.notReported'), stage.notReported)]
      : []),
  ]
}

function cellsOf(
  row: ParetoRow,
  { stage, grouping, words }: Omit<Shown, 'code'> & { stage: LossStageReply },
): string[] {
  const { t, locale } = words
  const share = (part: number | null) => (part === null ? '' : percent(part, locale))
  if (row.kind === 'rest') {
    const { count, share: part, cumulative } = row.rest
    const change = lossChangeText(stage.change?.unexplained ?? null, words)
    return [t('losses.rest.title'), '', exact(count), share(part), share(cumulative), change]
  }
  const { line } = row
  const [first] = line.rows
  if (!first) return []
  const actors = new Set(line.rows.map(({ reason }) => reason.actor))
  const codes = [...new Set(line.rows.map((one) => oneLine(one.code) || t('losses.code.empty')))]
  return [
    grouping === 'owner' ? reasonActor(line.group, words) : reasonTitle(first.reason, words, first.code),
    codes.join(', '),
    line.count === null ? t('losses.unknown') : exact(line.count),
    share(line.share),
    share(line.cumulative),
    lossChangeText(line.change, words),
    grouping === 'owner' || actors.size !== 1 ? '' : reasonActor(first.reason.actor, words),
  ]
}

/** Puts four facts on a line, which is as wide as a picture. */
function chunksOf(facts: readonly string[]): string[] {
  return Array.from({ length: Math.ceil(facts.length / 4) }, (_, i) => facts.slice(i * 4, i * 4 + 4).join(' · '))
}
