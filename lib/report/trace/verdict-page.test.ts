import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import lookup from '@/messages/en/lookup.json'
import verdicts from '@/messages/en/verdicts.json'
import { vendorMessages } from '@/messages/vendors'
import { fillSentence, fillVerdict } from './fill-verdict'
import { VERDICT_CASES, type VerdictCase } from './testing/verdict-cases'

/** The page of verdicts, docs/verdicts.md: every sentence that people read, from a case that leads to it. */
const WORDS = { verdicts, vendors: vendorMessages('en') }
const ACTORS: Record<string, string> = lookup.actor

const HEAD = `# Verdicts

Every verdict of a trace and of a user, with its next step, in English. The test
\`lib/report/trace/verdict-page.test.ts\` generates this page and fails when it differs. To update it, run
\`npx vitest run lib/report/trace/verdict-page.test.ts -u\` and read what changed.
`

const row = (cells: string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`

function table(head: string[], rows: string[][]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

function verdictRow({ name, verdict }: VerdictCase): string[] {
  const { text, confidence, next, actor } = fillVerdict(WORDS, verdict)
  return [name, text, confidence, next.text, actor === 'none' ? '—' : (ACTORS[actor] ?? actor)]
}

function verdictTables(): string[] {
  const groups = [...new Set(VERDICT_CASES.map(({ group }) => group))]
  return groups.map((group) => {
    const own = VERDICT_CASES.filter((one) => one.group === group)
    const head = ['case', 'sentence', 'confidence', 'next step', 'fixed by']
    return `## ${group}\n\n${table(head, own.map(verdictRow))}\n`
  })
}

/** One example of every sentence of evidence, in the order of the messages. */
function evidenceTable(): string {
  const lines = VERDICT_CASES.flatMap(({ verdict }) => [...verdict.evidence, ...(verdict.tried ?? [])])
  const rows = Object.keys(verdicts).flatMap((key) => {
    const line = lines.find((one) => one.key === key)
    return line && /^(evidence|tried)_/.test(key) ? [[key, fillSentence(WORDS, line).text]] : []
  })
  return `## Evidence, and what was checked\n\n${table(['key', 'example'], rows)}\n`
}

test('docs/verdicts.md shows every verdict as it is', async () => {
  const page = [HEAD, ...verdictTables(), evidenceTable()].join('\n')
  await expect(page).toMatchFileSnapshot(resolve('docs/verdicts.md'))
})

test('the page has every sentence of the messages', () => {
  const used = new Set(
    VERDICT_CASES.flatMap(({ verdict }) => [
      verdict.key,
      verdict.next,
      ...[...verdict.also, ...verdict.evidence, ...(verdict.tried ?? [])].map(({ key }) => key),
    ]),
  )
  expect(Object.keys(verdicts).filter((key) => !used.has(key))).toEqual([])
})
