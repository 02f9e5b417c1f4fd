import { expect, test } from 'vitest'
import { type Dose, proofPage } from './proof-page.mjs'

const facts = { commit: 'abc1234', began: new Date('2026-11-21T09:30:00Z'), machine: '2 cores' }
const dose: Dose = { name: 'Outage', what: 'worlds', args: [], passed: true, seconds: 90, figures: [] }
const figure = (name: string, text: string) => JSON.stringify({ name, text })

const pageOf = (doses: Dose[], chosen = doses, before = '') => proofPage(facts, doses, { chosen, before })

test('shows command, date and machine, and the result and time of each test', () => {
  const page = pageOf([
    dose,
    { ...dose, name: 'Memory', passed: null },
    { ...dose, name: 'Kill', passed: false, seconds: 600 },
  ])
  for (const text of ['`npm run proof`', '2026-11-21 09:30 UTC, at abc1234', '2 cores']) expect(page).toContain(text)
  for (const text of ['## Outage: passed in 90 s', '## Memory: running', '## Kill: **failed** in 10 min']) {
    expect(page).toContain(text)
  }
})

test('adds up figures of many worlds and keeps the others', () => {
  const worlds = [
    { held: 5, lost: 1 },
    { held: 7, lost: 0 },
  ].map((one) => figure('world', JSON.stringify(one)))
  const page = pageOf([{ ...dose, figures: [...worlds, figure('memory', '10 min: 200 MB')] }])
  expect(page).toContain('- 2 × world: 12 held, 1 lost')
  expect(page).toContain('- 10 min: 200 MB')
})

test('keeps the sections of tests that did not run', () => {
  const [outage, memory] = [dose, { ...dose, name: 'Memory', seconds: 3_600 }]
  const first = pageOf([outage, memory])
  const again = pageOf([outage, memory], [{ ...outage, seconds: 5 }], first)
  expect(again).toBe(first)
  const second = { ...outage, seconds: 5 }
  expect(pageOf([second, memory], [second], first)).toBe(first.replace('passed in 90 s', 'passed in 5 s'))
})
