import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Plot } from './plot'

/** Returns the labels below a chart of so many days, each with whether a phone shows it. */
function labels(count: number, text: string): boolean[] {
  const html = renderToStaticMarkup(
    <Plot
      states={Array.from({ length: count }, () => 'held')}
      lines={[]}
      unit="count"
      annotated={[]}
      xLabel={() => ({ text, day: null })}
      yLabel={String}
    />,
  )
  return [...html.matchAll(/class="(x-label[^"]*)"/g)].map(([, name]) => !name?.includes('hidden'))
}

test('a phone shows five short dates, or three long ones, which would touch each other', () => {
  expect(labels(30, '23 Oct')).toEqual([true, true, true, true, true])
  for (const long of ['10月23日', '10월 23일', '23 October']) {
    expect(labels(30, long)).toEqual([true, false, true, false, true])
    expect(labels(7, long)).toEqual([true, true, true, true])
  }
})
