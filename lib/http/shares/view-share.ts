import 'server-only'
import { z } from 'zod'
import { clampToScope } from '@/lib/access/shares/clamp-to-scope'
import { contentOf } from '@/lib/access/shares/content'
import { type Opened, openShare, refusal } from '@/lib/access/shares/open-share'
import type { Running } from '@/lib/context'
import { PushlensError } from '@/lib/contract/errors'
import { SHARE_PASS_HEADER, SHARE_SECRET_HEADER } from '@/lib/contract/shares/pages'
import type { StoredContent } from '@/lib/contract/shares/share'
import {
  type SharedHead,
  sharedHead,
  type ViewShareBody,
  viewShareBody,
  viewShareReply,
} from '@/lib/contract/shares/view'
import { addressOf } from '@/lib/http/address'
import { declare } from '@/lib/http/declared'
import { bodyOf } from '@/lib/http/input'
import { countAddress, countShare } from '@/lib/http/request-limit'
import { json, jsonText } from '@/lib/http/respond'
import { guarded } from '@/lib/http/route'
import { frozenViewText } from '@/lib/service/shares/view/frozen-view'
import { viewShareText } from '@/lib/service/shares/view/view-share'
import { logVisit } from './log-visit'

type Open = Extract<Opened, { state: 'open' }>

/**
 * Answers the visitor of a shared link. Reads no cookie and no session: the secret of the link alone opens it. The cheap
 * refusals come first, and every refused link gets the same answer.
 */
export const viewShareRoute = declare(
  {
    access: 'everybody',
    input: viewShareBody.extend({ id: z.string() }),
    inputIn: 'fields',
    reply: viewShareReply,
    status: 200,
    csv: false,
    problems: ['not_found', 'outside_share', 'bad_range', 'too_many', 'unavailable'],
  },
  guarded(async (running, request, { id = '' }) => {
    countShare(running, id, request)
    countAddress(running, request)
    const body = viewShareBody.parse(await bodyOf(request))
    const visited = await openShare(depsOf(running), {
      id,
      secret: request.headers.get(SHARE_SECRET_HEADER),
      pass: request.headers.get(SHARE_PASS_HEADER),
      password: body.password ?? null,
      address: addressOf(request.headers),
    })
    logVisit(running, request, visited)
    const { opened } = visited
    if (!opened) throw refusal()
    if (opened.state === 'password') return json(viewShareReply.parse({ state: 'password' }))
    return body.file ? fileOf(running, opened) : pageOf(running, opened, body)
  }),
)

function depsOf({ access, ctx }: Running): Parameters<typeof openShare>[0] {
  return { ...access, shares: ctx.store.shares, apps: ctx.store.apps }
}

/** The view is written as it was made or stored: a frozen page must not change by a byte. */
async function pageOf({ ctx }: Running, opened: Open, { query }: ViewShareBody): Promise<Response> {
  const { share, app, pass } = opened
  const content = contentOf(share)
  const view =
    content.kind === 'live'
      ? await viewShareText(
          ctx,
          await clampToScope(ctx, { id: share.id, app, scope: content.scope }, query, ctx.clock.dataS()),
        )
      : frozenViewText(await frozenOf({ ctx }, opened), query)
  const head = JSON.stringify(sharedHead.parse(headOf(opened, content)))
  return jsonText(`{"state":"open","head":${head},"pass":${JSON.stringify(pass)},"view":${view}}`)
}

async function fileOf(running: Running, opened: Open): Promise<Response> {
  const text = await frozenOf(running, opened)
  return jsonText(text, { 'content-disposition': 'attachment; filename="pushlens-frozen.json"' })
}

async function frozenOf({ ctx }: Pick<Running, 'ctx'>, { share }: Open): Promise<string> {
  const text = await ctx.store.shares.frozenOf(share.id)
  if (text === null) throw new PushlensError('outside_share', 'a live link keeps nothing', 'file')
  return text
}

function headOf({ share, app }: Open, content: StoredContent): SharedHead {
  const { frozen_at: at, sha256, erased_at } = share
  return {
    name: share.name,
    app: { name: app.name, demo: app.demo },
    kind: content.kind,
    scope: content.kind === 'lookup' ? null : content.scope,
    endsAt: isoOf(share.ends_at),
    frozen: at === null || sha256 === null ? null : { at: isoOf(at), sha256, erased: erased_at !== null },
  }
}

const isoOf = (at: number): string => new Date(at * 1_000).toISOString()
