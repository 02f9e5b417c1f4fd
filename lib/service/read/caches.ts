import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { LRUCache } from 'lru-cache'
import type { Progress } from '@/lib/archive/progress'
import type { OpenApiDocument } from '@/lib/contract/api/openapi'
import type { TaskGrowth } from '@/lib/contract/campaigns/task-ages'
import type { ChangesReply } from '@/lib/contract/changes/changes'
import type { Clock } from '@/lib/contract/clock'
import type { FunnelReply } from '@/lib/contract/funnel'
import { DAY, HOUR } from '@/lib/contract/limits'
import type { LossesReply } from '@/lib/contract/losses'
import type { OnlineRecord } from '@/lib/contract/records'
import type { ReceiptHistory } from '@/lib/report/funnel/reporting'
import type { CampaignCounts } from '@/lib/report/funnel/sum-campaigns'
import type { Presence } from '@/lib/report/trace/user-verdict'
import type { ChainCheck } from '@/lib/store/people/audit-check'
import type { UpstreamError } from '@/lib/timpush/errors'
import type { Kept } from './kept-values'

export interface CachedReceipts {
  /** Epoch seconds. */
  readAtS: number
  /** The app's archive revision at that time. */
  revision: number
  history: Promise<ReceiptHistory>
}

export interface CachedPresence {
  state: Presence
  platforms: OnlineRecord['platforms']
  /** Epoch seconds of the answer. */
  atS: number
}

/** What the campaign list is sorted by and adds up, of one campaign; null where unknown. */
export interface TaskRates extends CampaignCounts {
  delivery: number | null
  click: number | null
}

/** How many requests a sender has left, as of `atMs` of real time. */
interface RequestBudget {
  left: number
  atMs: number
}

/** Everything a process remembers between requests. A full cache drops its oldest entry. Nothing here is authorised by. */
export interface Caches {
  /**
   * Runs work outside of the request that begins it. Every promise that a cache holds is made so: a promise made within a
   * request keeps the request, its answer and the buffers of its compression.
   */
  outside<T>(work: () => T): T
  /** One reply for identical requests within a second. */
  funnels: LRUCache<string, Promise<FunnelReply>>
  /** The same for losses. */
  losses: LRUCache<string, Promise<LossesReply>>
  /** What changed in a range, within a minute. Reads every hour of a month and compares it with the usual. */
  changes: LRUCache<string, Promise<ChangesReply>>
  /** How complete the archive of an app is, within a second. Reads every header of the last month. */
  progress: LRUCache<string, Promise<Progress[]>>
  /** When vendors' receipts began or stopped, by source and app. */
  receipts: LRUCache<string, CachedReceipts>
  /**
   * Traces that Tencent refused, by app and look-up. A refusal is not stored in the archive, so a list or an open page
   * would request the same unknown user at every turn. Another process requests it once more.
   */
  refusedTraces: LRUCache<string, UpstreamError>
  /** Days and hours that Tencent refused. A reader who looks at a range would request each of them at every poll. */
  refusedBuckets: LRUCache<string, true>
  /** The online status of accounts, by app and person. It is true only for moments, so it is never stored. */
  presences: LRUCache<string, CachedPresence>
  /** Counts and rates of campaigns; null for one without. Sorting thousands needs all of them. */
  taskRates: LRUCache<string, Kept<TaskRates | null>>
  /** How campaigns grew, by app and TaskID. A page of the campaign list needs the newest ones of many tags. */
  taskGrowth: LRUCache<string, Promise<TaskGrowth | null>>
  /** Differences of campaigns' delivery rates from their tag, for the same purpose. */
  tagChanges: LRUCache<string, Kept<number | null>>
  /** Titles of the top loss reasons of campaigns, for the same purpose. */
  topReasons: LRUCache<string, Kept<string | null>>
  /** Apps whose campaigns were read for sorting within ten minutes. */
  warmedOrders: LRUCache<string, true>
  /** The last turn of work that readers do one after another, by its name. */
  turns: LRUCache<string, Promise<void>>
  /** The description of the API, by the address of this server. It takes 70 ms to make and never changes. */
  apiDescriptions: LRUCache<string, OpenApiDocument>
  /** Requests that people, tokens and addresses have left. Apart, so that many addresses push out no person. */
  personBudgets: LRUCache<string, RequestBudget>
  tokenBudgets: LRUCache<string, RequestBudget>
  addressBudgets: LRUCache<string, RequestBudget>
  shareBudgets: LRUCache<string, RequestBudget>
  /** How many pages may be made for each shared link. */
  shareWork: LRUCache<string, RequestBudget>
  /** Openings of shared links that were logged within a minute, by link, network and outcome. */
  shareOpenings: LRUCache<string, true>
  /** Pages of shared links, as JSON text, within some seconds. Whether a link is open is never among it. */
  sharedViews: LRUCache<string, Promise<string>>
  /** Whether the chain of the audit is whole, for a minute. */
  auditChain: LRUCache<string, Promise<ChainCheck>>
}

/**
 * Creates the caches of one process. Ages count in data time, so that tests can move it. `most` bounds the entries of each,
 * for the caches of one request.
 */
export function createCaches(clock: Pick<Clock, 'dataS'>, most = Number.POSITIVE_INFINITY): Caches {
  const limits = (max: number, seconds: number) => ({
    max: Math.min(max, most),
    ttl: seconds * 1_000,
    ttlResolution: 0,
    perf: { now: () => clock.dataS() * 1_000 },
  })
  return {
    outside: AsyncLocalStorage.snapshot(),
    // A reply of a long range is large, so it is removed after its second even if nothing reads the cache.
    funnels: new LRUCache({ ...limits(200, 1), ttlAutopurge: true }),
    losses: new LRUCache({ ...limits(200, 1), ttlAutopurge: true }),
    changes: new LRUCache(limits(200, 30)),
    progress: new LRUCache(limits(200, 1)),
    receipts: new LRUCache(limits(1_000, HOUR)),
    // Long enough for a list of 50; a repaired account is requested again soon.
    refusedTraces: new LRUCache(limits(1_000, 600)),
    refusedBuckets: new LRUCache(limits(5_000, 600)),
    presences: new LRUCache(limits(1_000, 30)),
    taskRates: new LRUCache(limits(50_000, DAY)),
    taskGrowth: new LRUCache(limits(15_000, 60)),
    tagChanges: new LRUCache(limits(50_000, DAY)),
    topReasons: new LRUCache(limits(50_000, DAY)),
    warmedOrders: new LRUCache(limits(1_000, 600)),
    turns: new LRUCache(limits(1_000, HOUR)),
    apiDescriptions: new LRUCache(limits(1, HOUR)),
    // After a minute without a request a budget is full, which is the same as none.
    personBudgets: new LRUCache(limits(10_000, 60)),
    tokenBudgets: new LRUCache(limits(10_000, 60)),
    addressBudgets: new LRUCache(limits(50_000, 60)),
    shareBudgets: new LRUCache(limits(50_000, 60)),
    shareWork: new LRUCache(limits(10_000, 60)),
    shareOpenings: new LRUCache(limits(10_000, 60)),
    sharedViews: new LRUCache(limits(200, 5)),
    auditChain: new LRUCache(limits(1, 60)),
  }
}
