export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Codes from Tencent's common table and the six endpoint pages. The texts are our own. */
const TEXTS = {
  60002: 'HTTP parsing error, POST a JSON body',
  60003: 'request JSON could not be parsed',
  60007: 'rest api call frequency exceeds the limit',
  60009: 'request resource error',
  60010: 'need app admin',
  60012: 'sdkappid is missing in the url',
  60025: 'sdkappid, identifier, usersig or contenttype error',
  70001: 'UserSig expired',
  70003: 'illegal UserSig',
  70009: 'UserSig verification failed',
  70013: 'identifier not match',
  70014: 'sdkappid not match',
  70020: 'sdkappid not found',
  90009: 'request lacks permissions',
  90045: 'push service not enabled',
  90100: 'invalid request parameters',
  90103: 'switch account failed',
} as const

export type Code = keyof typeof TEXTS

/** An error answer with a Tencent code. `hint` names the parameter, as Tencent's texts sometimes do. */
export class Refusal extends Error {
  constructor(
    readonly code: Code,
    hint?: string,
  ) {
    super(hint === undefined ? TEXTS[code] : `${TEXTS[code]}: ${hint}`)
  }
}

export const failed = (code: number, text: string): JsonObject => ({
  ActionStatus: 'FAIL',
  ErrorCode: code,
  ErrorInfo: text,
})

/** Builds a success answer. Every documented sample spells it "sucess". */
export const succeeded = (rest: JsonObject): JsonObject => ({
  ActionStatus: 'OK',
  ErrorCode: 0,
  ErrorInfo: 'sucess',
  ...rest,
})
