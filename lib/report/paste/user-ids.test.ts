import { describe, expect, test } from 'vitest'
import { brief, PUSH, recogniseText, TASK } from './testing/texts'

describe('a UserID keeps every character except what is around it', () => {
  const FAMILY = '👩‍👩‍👧'
  test.each([
    ['joiners inside an emoji', `kim${FAMILY}`, `kim${FAMILY}`],
    ['an emoji alone', FAMILY, FAMILY],
    ['a variation selector', 'kim❤️', 'kim❤️'],
    ['a joiner between letters', 'می‌خواهم', 'می‌خواهم'],
    ['marks of direction inside', 'a\u200eb\u2066c', 'a\u200eb\u2066c'],
    ['a soft hyphen and a zero-width space inside', 'kim\u00ad\u200b01', 'kim\u00ad\u200b01'],
    ['another kind of space inside', 'min\u00a0ji', 'min\u00a0ji'],
    ['a full-width space inside', '小\u3000王', '小\u3000王'],
    ['white space around', ' \u00a0\u3000\tkim_01\u2003\n', 'kim_01'],
    ['invisible characters around, from a chat', '\u2068kim_01\u2069\u200b', 'kim_01'],
    ['its name before it', `UserID: kim${FAMILY}`, `kim${FAMILY}`],
    ['its name and quotes', `UserID: "kim${FAMILY}!"`, `kim${FAMILY}!`],
    ['quotes around', `"kim${FAMILY}"`, `kim${FAMILY}`],
  ])('%s', (_, text, expected) => {
    expect(brief(recogniseText(text))).toEqual([`user ${expected}`])
    expect(recogniseText(text)).toMatchObject({ sure: true })
  })

  test('beside a TaskID, in a pair and in a list', () => {
    expect(brief(recogniseText(`${TASK} kim${FAMILY}`))).toEqual([`task_user ${TASK} kim${FAMILY}`])
    expect(brief(recogniseText(`${TASK}\nkim${FAMILY}\na\u200eb`))).toEqual([
      `${TASK} kim${FAMILY}`,
      `${TASK} a\u200eb`,
    ])
  })

  test('punctuation at the end of a single word leaves a choice', () => {
    expect(brief(recogniseText('kim!'))).toEqual(['user kim', 'user kim!'])
    expect(recogniseText('kim!')).toMatchObject({ sure: false })
  })

  test('an ID of a push or a campaign is read without invisible characters, wherever they are', () => {
    const broken = (id: string) => `${id.slice(0, 9)}\u200b${id.slice(9, 20)}\u200d${id.slice(20)}`
    expect(brief(recogniseText(broken(PUSH)))).toEqual([`push ${PUSH}`])
    expect(brief(recogniseText(`${broken(TASK)} kim${FAMILY}`))).toEqual([`task_user ${TASK} kim${FAMILY}`])
  })
})

test.each(['"', ' .', '.\u200b', '\u3000', '\u2068'])('a long run of %j does not make recognition slow', (run) => {
  const text = `a${run.repeat(Math.floor(19_000 / run.length))}a`
  // Tried at each of its characters, such a run takes many seconds, which is longer than a test may last.
  for (let times = 0; times < 20; times++) expect(['junk', 'ids']).toContain(recogniseText(text).kind)
})
