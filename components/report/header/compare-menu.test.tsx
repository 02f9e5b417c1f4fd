import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { visibleText, wordsIn } from '@/components/i18n/testing/render'
import { funnel } from '@/components/report/testing/funnel-samples'
import type { Comparison } from '@/lib/contract/comparisons'
import { CompareMenu } from './compare-menu'

const { range } = funnel()
const draw = (current: Comparison, problem: string | null = null) =>
  renderToStaticMarkup(
    <CompareMenu range={range} current={current} problem={problem} hrefOf={(name) => `#${name}`} words={wordsIn()} />,
  )
const button = (markup: string) => visibleText(/<summary.*?<\/summary>/.exec(markup)?.[0] ?? '').trim()
const chosen = (markup: string) =>
  /href="#(\w+)"[^>]*aria-current|aria-current[^>]*href="#(\w+)"/.exec(markup)?.slice(1).join('')
const ofKey = (markup: string) => /<a[^>]*data-key="KeyX"[^>]*>/.exec(markup)?.[0]

describe('the menu of comparisons', () => {
  test('names the comparison that is shown, and X turns it off', () => {
    const markup = draw('previous')
    expect([button(markup), chosen(markup)]).toEqual(['Compare with Previous period', 'previous'])
    expect(ofKey(markup)).toContain('href="#none"')
    expect(ofKey(draw('none'))).toContain('href="#previous"')
  })

  test('does not name or select one that cannot be made, and says why', () => {
    const markup = draw('previous', 'No comparison: 7 Nov – 14 Nov is incomplete')
    expect([button(markup), chosen(markup)]).toEqual(['No comparison', 'none'])
    expect(visibleText(markup)).toContain('7 Nov – 14 Nov is incomplete')
    expect(markup).toMatch(/aria-describedby="[^"]+"[^>]*>Previous period/)
  })
})
