import type { ApiOperation } from '@/lib/contract/api/openapi'
import { ERROR_STATUS } from '@/lib/contract/errors'
import { problemReply } from '@/lib/contract/problem'

const STACK = /\bat .+\(.+:\d+:\d+\)|node_modules|[a-z]+Error:|SQLITE_|SELECT |INSERT INTO/

/** Returns what is wrong with an answer, in a few words; null for one that the description of the API promises. */
export async function faultOf(answer: Response, operation: ApiOperation): Promise<string | null> {
  const { status } = answer
  const text = await answer.text()
  if (STACK.test(text.slice(0, 4_000))) return `it shows how it is made: ${text.slice(0, 300)}`
  if (!(status in operation.responses)) return `${status} is not described: ${text.slice(0, 300)}`
  return status < 400 ? faultOfReply(answer, text) : faultOfProblem(answer, text, operation)
}

function faultOfReply(answer: Response, text: string): string | null {
  const type = answer.headers.get('content-type') ?? ''
  if (!type.startsWith('application/json')) return type.length > 0 ? null : 'it has no type'
  return isJson(text) ? null : 'it is no JSON'
}

function faultOfProblem(answer: Response, text: string, operation: ApiOperation): string | null {
  const { status, headers } = answer
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return `${status} is no problem reply`
  const parsed = problemReply.safeParse(isJson(text) ? JSON.parse(text) : null)
  if (!parsed.success) return `${status} is not of the closed list: ${text.slice(0, 300)}`
  const { code } = parsed.data
  if (parsed.data.status !== status || ERROR_STATUS[code] !== status) return `${code} is not ${status}`
  if (!codesOf(operation, status).includes(code)) return `${code} is not described`
  return status >= 500 && !code.startsWith('upstream_') ? `it failed: ${text.slice(0, 300)}` : null
}

/** Returns the codes that the description lists for a status. */
function codesOf({ responses }: ApiOperation, status: number): unknown[] {
  const schema = responses[status]?.content['application/problem+json']?.schema
  return schema?.allOf?.flatMap(({ properties }) => properties?.code?.enum ?? []) ?? []
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
