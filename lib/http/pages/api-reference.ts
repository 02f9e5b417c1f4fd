import 'server-only'
import type { OpenApiDocument } from '@/lib/contract/api/openapi'
import { describeApi, type RouteTable } from '../openapi/document'
import { type PageResult, pageResult } from './page'

/** Describes the API for its page. It is the same for every person. */
export function readApi(routes: RouteTable): Promise<PageResult<OpenApiDocument>> {
  return pageResult(async (running) => describeApi(running, routes))
}
