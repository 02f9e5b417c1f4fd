import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { backupRegistry, registryOf } from './metrics'
import { requestMetrics } from './request-metrics'

const read = (file: string) => readFileSync(resolve(import.meta.dirname ?? '', '../../docs', file), 'utf8')

/** The series and labels of /metrics, with those that Prometheus adds. */
async function served() {
  const all = Registry.merge([
    requestMetrics().registry,
    registryOf([]),
    backupRegistry({ everyS: 86_400, ageS: 60, failed: false }),
  ])
  const metrics = await all.getMetricsAsJSON()
  const labels = [...(await all.getMetricsAsArray())].flatMap((one) => ('labelNames' in one ? one.labelNames : []))
  return {
    names: metrics.flatMap(({ name, type }) =>
      String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
    labels: [...(labels as string[]), 'job', 'le'],
  }
}

const namesIn = (text: string) => new Set(text.match(/\b(?:pushlens|process|nodejs)_\w+/g))
const labelsIn = (text: string) =>
  new Set([
    ...[...text.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/)),
    ...[...text.matchAll(/_\w+\{([^}]*)\}/g)].flatMap(([, list = '']) => list.match(/\w+(?=[=!])/g) ?? []),
    ...[...text.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g)].map(([, name = '']) => name),
  ])

describe.each(['alerts.example.yml', 'grafana-dashboard.json'])('%s', (file) => {
  const text = read(file).replaceAll('\\"', '"')
  test('names series of /metrics only', async () => {
    const { names } = await served()
    expect([...namesIn(text)].filter((name) => !names.includes(name))).toEqual([])
    expect(namesIn(text).size).toBeGreaterThan(5)
  })

  test('names labels that these series have', async () => {
    const { labels } = await served()
    expect([...labelsIn(text)].filter((label) => !labels.includes(label))).toEqual([])
  })
})

test('the dashboard shows every series of Pushlens itself', async () => {
  const shown = namesIn(read('grafana-dashboard.json'))
  const ours = (await served()).names.filter((name) => /^pushlens_/.test(name) && !/_(count|sum)$/.test(name))
  expect(ours.filter((name) => !shown.has(name))).toEqual([])
})

test('the panels of the dashboard have queries, and places that do not overlap', () => {
  const { panels } = JSON.parse(read('grafana-dashboard.json'))
  const taken = new Set<string>()
  for (const { title, targets, gridPos } of panels) {
    expect(targets.length, title).toBeGreaterThan(0)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.has(`${x} ${y}`), title).toBe(false)
        taken.add(`${x} ${y}`)
      }
  }
})
