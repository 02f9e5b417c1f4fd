import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brief, FRESH, hex, NOW, OWN, PUSH, recogniseText, TASK } from './testing/texts'

const GROUP = `${FRESH}_85_392fcbcff_200000b2f2c6820_200002c869bfb81`
const BATCH = `batch_${FRESH}_537529d8_2000005e80aa873_d03ac87_56f5e750`
const TASK2 = `${hex(NOW - 90_000)}_537529d8_2000005e80aa873_aa80d131_ff614e`
const MSG_KEY = `48374_2837546_${NOW - 3_600}`
const MSG_ID = `144115233406643804-${NOW - 3_600}-4026038328`

describe('one certain reading', () => {
  test.each([
    ['a PushID', PUSH, `push ${PUSH}`],
    ['of a group', GROUP, `push ${GROUP}`],
    ['with spaces and line ends around', `  ${PUSH} \r\n`, `push ${PUSH}`],
    ['in capitals', PUSH.toUpperCase(), `push ${PUSH.toUpperCase()}`],
    ['in quotes', `“${PUSH}”`, `push ${PUSH}`],
    ['in a code span', `\`${PUSH}\``, `push ${PUSH}`],
    ['with its name', `PushID: ${PUSH}`, `push ${PUSH}`],
    ['with its name in Chinese', `推送ID：${PUSH}`, `push ${PUSH}`],
    ['with its name in Korean', `푸시 ID ${PUSH}`, `push ${PUSH}`],
    ['in a sentence', `Customer says nothing came, push ${PUSH}, please check.`, `push ${PUSH}`],
    ['in Chinese without spaces', `没收到${PUSH}请查`, `push ${PUSH}`],
    ['in a callback', `{"Events":[{"PushID":"${PUSH}","To_Account":"kim","ErrCode":0}]}`, `push ${PUSH}`],
    ['in our own address', `https://push.example.com/lookup?pushId=${PUSH}`, `push ${PUSH}`],
    ['broken across lines by a mail', `${PUSH.slice(0, 30)}\n${PUSH.slice(30)}`, `push ${PUSH}`],
    ['with invisible characters from a chat', `\u200b${PUSH}\ufeff`, `push ${PUSH}`],
    ['the same ID twice', `${PUSH}\n${PUSH}`, `push ${PUSH}`],
    ['a TaskID', TASK, `task ${TASK}`],
    ['of a batch', BATCH, `task ${BATCH}`],
    ['with its name', `TaskId=${TASK}`, `task ${TASK}`],
    ['from the answer of the sending call', `{"ActionStatus":"OK","ErrorCode":0,"TaskId":"${TASK}"}`, `task ${TASK}`],
    ['a TaskID and a UserID', `${TASK} kim_01`, `task_user ${TASK} kim_01`],
    ['in reverse order', `kim_01 ${TASK}`, `task_user ${TASK} kim_01`],
    ['by comma', `${TASK},kim_01`, `task_user ${TASK} kim_01`],
    ['by Chinese comma', `${TASK}，kim_01`, `task_user ${TASK} kim_01`],
    ['by tab', `kim_01\t${TASK}`, `task_user ${TASK} kim_01`],
    ['by slash', `${TASK}/kim_01`, `task_user ${TASK} kim_01`],
    ['by slash, in reverse order', `kim_01/${TASK}`, `task_user ${TASK} kim_01`],
    ['by line', `${BATCH}\nkim_01`, `task_user ${BATCH} kim_01`],
    ['by bar', `${TASK} | kim_01`, `task_user ${TASK} kim_01`],
    ['with names', `taskid=${TASK} userid=kim_01`, `task_user ${TASK} kim_01`],
    ['with names in reverse order', `UserID: kim_01, TaskID: ${TASK}`, `task_user ${TASK} kim_01`],
    ['with names in Chinese', `任务ID：${TASK} 用户ID：kim_01`, `task_user ${TASK} kim_01`],
    ['with names in Korean', `작업 ID: ${TASK}, 사용자 ID: kim_01`, `task_user ${TASK} kim_01`],
    ['in a sentence in Chinese', `用户：kim_01 反馈没收到，taskid ${TASK}`, `task_user ${TASK} kim_01`],
    ['in a sentence in Korean', `유저: kim_01님 푸시 미수신 TaskID=${TASK}`, `task_user ${TASK} kim_01`],
    ['in JSON', `{"TaskID":"${TASK}","UserID":"kim_01"}`, `task_user ${TASK} kim_01`],
    ['in a callback', `{"TaskId":"${TASK}","To_Account":"kim_01","PushStage":1}`, `task_user ${TASK} kim_01`],
    ['a list of one account', `{"TaskId":"${TASK}","To_Account":["kim_01"]}`, `task_user ${TASK} kim_01`],
    [
      'in our own address',
      `http://localhost:3000/lookup?taskId=${TASK}&userId=kim%40x.com`,
      `task_user ${TASK} kim@x.com`,
    ],
    ['an e-mail as UserID', `${TASK} min.ji@example.com`, `task_user ${TASK} min.ji@example.com`],
    ['digits as UserID', `${TASK} 10086`, `task_user ${TASK} 10086`],
    ['hex as UserID', `${TASK} deadbeef00c0ffee`, `task_user ${TASK} deadbeef00c0ffee`],
    ['a Korean UserID', `${TASK} 김민지`, `task_user ${TASK} 김민지`],
    ['a Chinese UserID', `${TASK} 用户账号：小王`, `task_user ${TASK} 小王`],
    ['a telephone number', `${TASK} +8613800138000`, `task_user ${TASK} +8613800138000`],
    ['with the time of the ticket', `2026-11-19 14:00 ${TASK} kim_01`, `task_user ${TASK} kim_01`],
    ['a UserID', 'kim_01', 'user kim_01'],
    ['with its name', 'userid=kim_01', 'user kim_01'],
    ['in Chinese', '用户ID：kim_01', 'user kim_01'],
    ['in Korean', '사용자: kim_01', 'user kim_01'],
    ['an account in a request to Tencent', '"To_Account": "kim_01"', 'user kim_01'],
    ['hex', 'deadbeefdeadbeef', 'user deadbeefdeadbeef'],
    ['32 bytes of hex', '0123456789abcdef0123456789abcdef', 'user 0123456789abcdef0123456789abcdef'],
    ['many digits', '144115233406643804', 'user 144115233406643804'],
    ['in Korean letters', '김민지', 'user 김민지'],
    ['in Chinese letters', '小王', 'user 小王'],
    ['with a space', 'min ji', 'user min ji'],
    ['with a space, named', 'UserID: "min ji"', 'user min ji'],
    ['with a space, beside a TaskID', `TaskID: "${TASK}"\nUserID: "min ji"`, `task_user ${TASK} min ji`],
    ['in a sentence', 'no push for kim_01 since yesterday evening', 'user kim_01'],
    ['a MsgKey', MSG_KEY, `msg_key ${MSG_KEY}`],
    ['with its name', `MsgKey:${MSG_KEY}`, `msg_key ${MSG_KEY}`],
    ['in JSON', `{"MsgKey":"${MSG_KEY}","To_Account":"kim"}`, `msg_key ${MSG_KEY}`],
    ['a MsgId', MSG_ID, `msg_id ${MSG_ID}`],
    ['with its name', `msgid = ${MSG_ID}`, `msg_id ${MSG_ID}`],
    ['a negative code', '-1', 'code -1'],
    ['an unknown negative code', '-77', 'code -77'],
    ['a code with its name', 'ErrCode: 10302', 'code 10302'],
    ['a code with its name in Chinese', '错误码：20301', 'code 20301'],
    ['a code with its name in Korean', '오류 코드 20301', 'code 20301'],
    ['users without a campaign', 'kim_01\nlee_02', 'users kim_01 lee_02'],
  ])('%s: %s', (_, text, expected) => {
    const seen = recogniseText(text)
    expect(brief(seen)).toEqual([expected])
    expect(seen).toMatchObject({ kind: 'ids', sure: true })
  })

  test.each([
    '410',
    '10302',
    '90103',
    'regid_invalid',
    'UNREGISTERED',
    'InvalidRegistration',
    'BadDeviceToken',
    'UNSPECIFIED_ERROR',
  ])('%s is a code, although an account could have that name', (code) => {
    expect(brief(recogniseText(code))).toEqual([`code ${code}`, `user ${code}`])
    expect(recogniseText(code)).toMatchObject({ sure: true })
  })
})

test('words that look like UserIDs are several users, although one user could have that name', () => {
  for (const text of ['kim_01, lee_02', 'kim_01 lee_02']) {
    expect(brief(recogniseText(text))[0]).toBe('users kim_01 lee_02')
    expect(recogniseText(text)).toMatchObject({ sure: true })
  }
})

test('a PushID goes before a code in the same text', () => {
  expect(brief(recogniseText(`${PUSH} errcode=20301`))).toEqual([`push ${PUSH}`, 'code 20301'])
  expect(recogniseText(`${PUSH} errcode=20301`)).toMatchObject({ sure: true })
})

describe('several readings', () => {
  test.each([
    [
      'an e-mail address, which a campaign may be named after',
      'min.ji+push@example.com',
      ['user min.ji+push@example.com'],
    ],
    ['an unknown number', '7777777', ['user 7777777', 'code 7777777']],
    ['plain words with a comma', 'kim, lee', ['users kim lee', 'user kim, lee']],
    ['two TaskIDs without a user', `${TASK} ${TASK2}`, [`task ${TASK}`, `task ${TASK2}`]],
    ['a PushID beside a campaign', `${PUSH} ${TASK} kim_01`, [`push ${PUSH}`, `task_user ${TASK} kim_01`]],
    ['a campaign with plain words', `hello ${TASK} kim`, [`task_user ${TASK} hello`, `task_user ${TASK} kim`]],
  ])('%s: the best candidate first, and none is certain', (_, text, expected) => {
    const seen = recogniseText(text)
    expect(brief(seen)).toEqual(expected)
    expect(seen).toMatchObject({ sure: false })
  })
})

describe('lists', () => {
  test.each([
    ['PushIDs by line', `${PUSH}\n${GROUP}`, [PUSH, GROUP]],
    ['PushIDs by comma', `${PUSH}, ${GROUP}`, [PUSH, GROUP]],
    ['a TaskID and UserIDs by line', `${TASK}\nkim\nlee\n김민지`, [`${TASK} kim`, `${TASK} lee`, `${TASK} 김민지`]],
    ['a TaskID and UserIDs by comma', `${TASK}: kim,lee`, [`${TASK} kim`, `${TASK} lee`]],
    ['a TaskID and UserIDs by space', `${TASK} u_1 u_2 u_3`, [`${TASK} u_1`, `${TASK} u_2`, `${TASK} u_3`]],
    ['a JSON list', `{"TaskID":"${TASK}","UserID":["kim","lee"]}`, [`${TASK} kim`, `${TASK} lee`]],
    ['columns of a sheet', `TaskID\tUserID\n${TASK}\tkim\n${TASK2}\tlee`, [`${TASK} kim`, `${TASK2} lee`]],
    ['columns in reverse order', `kim,${TASK}\nlee,${TASK2}`, [`${TASK} kim`, `${TASK2} lee`]],
    ['the same twice', `${PUSH}\n${GROUP}\n${PUSH}`, [PUSH, GROUP]],
  ])('%s', (_, text, expected) => {
    expect(brief(recogniseText(text))).toEqual(expected)
    expect(recogniseText(text)).toMatchObject({ kind: 'list', leftOut: 0 })
  })

  test('of more than 50 report how many were left out', () => {
    const users = Array.from({ length: 63 }, (_, n) => `user_${n}`)
    const seen = recogniseText([TASK, ...users].join('\n'))
    expect(brief(seen)).toHaveLength(50)
    expect(seen).toMatchObject({ kind: 'list', leftOut: 13 })
  })
})

describe('objections to a request', () => {
  const old = (days: number) => TASK.replace(FRESH, hex(NOW - days * 86_400))
  test.each([
    ['none', PUSH, []],
    ['another app', TASK.replace('537529d8', '5f5fe251'), ['other_app']],
    ['nine days ago', `${old(9)} kim`, ['too_old']],
    ['nine days ago, of another app', old(9).replace('537529d8', '5f5fe251'), ['other_app', 'too_old']],
    ['tomorrow', old(-1), ['future']],
    ['a MsgKey', MSG_KEY, ['not_push_id']],
    ['a MsgId of last month', `144115233406643804-${NOW - 30 * 86_400}-4026038328`, ['not_push_id', 'too_old']],
    ['named a PushID, with another shape', 'PushID: abc-123', ['odd_push_id']],
    ['named a TaskID, with another shape', 'taskId=spring-sale userId=kim', ['odd_task_id']],
    ['the app itself', String(OWN), ['is_sdkappid']],
    ['two words', 'min ji', ['spaces']],
  ])('%s', (_, text, expected) => {
    const seen = recogniseText(text)
    expect(seen.kind === 'ids' && seen.candidates[0]?.objections).toEqual(expected)
  })

  test('time of sending and app come from the ID', () => {
    const seen = recogniseText(`${TASK} kim`)
    expect(seen.kind === 'ids' && seen.candidates[0]).toMatchObject({ sentAt: NOW - 7_200, sdkAppId: OWN })
  })
})

describe('junk', () => {
  test.each([
    ['', 'empty'],
    ['   \n\t ', 'empty'],
    ['\u200b\ufeff', 'empty'],
    ['x'.repeat(20_001), 'too_long'],
    ['\u0000', 'control'],
    ['kim\u0007', 'control'],
    ['\u001b[31mred', 'control'],
    [`${PUSH}\u0000`, 'control'],
    ['abc\u0085def', 'control'],
    ['---', 'punctuation'],
    ['…', 'punctuation'],
    ['？？？', 'punctuation'],
    ['{}', 'punctuation'],
    ['___', 'punctuation'],
    ['data:image/png;base64,iVBORw0KGgo=', 'image'],
    ['\ufffdPNG\r\n', 'image'],
    ['\u0089PNG\r\n\u001a', 'image'],
    ['[图片]', 'image'],
    ['[사진]', 'image'],
    ['Screenshot 2026-11-20.png', 'image'],
    ['IMG_2041.jpeg', 'image'],
    ['@TGS#1ABCDEF', 'group_id'],
    ['GROUP@TGS#1ABCDEF', 'conversation_id'],
    ['C2Ckim_01', 'conversation_id'],
    ['123e4567-e89b-12d3-a456-426614174000', 'uuid'],
    ['a3f5'.repeat(16), 'secret'],
    [`dGhpc2lzYXRva2Vu:APA91b${'x'.repeat(120)}`, 'secret'],
    [`eJwt${'AbC9*-'.repeat(20)}`, 'usersig'],
    ['https://example.com/', 'address'],
    ['https://push.example.com/losses', 'address'],
    ['www.example.com/ticket/', 'address'],
    ['the customer did not get anything at all', 'phrase'],
    ['用户说昨天晚上没有收到任何推送消息请帮忙看一下谢谢', 'user_too_long'],
    ['x'.repeat(33), 'user_too_long'],
    ['김'.repeat(11), 'user_too_long'],
    ['min.ji.park.of.the.night.shift@example.com', 'user_too_long'],
  ])('%j: %s', (text, why) => {
    expect(recogniseText(text)).toEqual({ kind: 'junk', why })
  })
})

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom(
      TASK,
      PUSH,
      MSG_KEY,
      MSG_ID,
      'userid=',
      '用户：',
      '"To_Account":["',
      '%00',
      '%0a',
      '?userId=',
      '\n',
      '\t',
    ),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

  test('gives no error, no control character, and no empty or overlong ID', () => {
    fc.assert(
      fc.property(text, (given) => {
        const seen = recogniseText(given)
        if (seen.kind === 'junk') return
        const ids =
          seen.kind === 'list'
            ? seen.items.flatMap((item) => Object.values<string>(item))
            : seen.candidates.flatMap(({ pushId, taskId, userId, userIds, code }) =>
                [pushId, taskId, userId, ...userIds, code].filter((id) => id !== null),
              )
        expect(ids.length).toBeGreaterThan(0)
        for (const id of ids) {
          expect(id).not.toMatch(/\p{Cc}/u)
          expect(id.trim().length).toBeGreaterThan(0)
          expect(id.length).toBeLessThanOrEqual(200)
        }
      }),
      { numRuns: 600 },
    )
  })

  test('is parsed quickly, even hostile text', () => {
    for (const hostile of [
      '_'.repeat(20_000),
      'a_'.repeat(9_900),
      `${'1_'.repeat(9_990)}x`,
      'userid='.repeat(2_800),
      '%41'.repeat(6_000),
    ]) {
      const from = performance.now()
      recogniseText(hostile)
      expect(performance.now() - from).toBeLessThan(1_000)
    }
  })
})
