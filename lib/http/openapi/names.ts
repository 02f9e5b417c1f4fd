import 'server-only'
import { z } from 'zod'
import { tokenReply } from '@/lib/contract/access/tokens'
import { appReply, statusReply } from '@/lib/contract/apps'
import { checkReply } from '@/lib/contract/apps/check'
import { coverage, freshness, problemNote } from '@/lib/contract/freshness'
import {
  bucketReply,
  countReply,
  deliveryCover,
  funnelReply,
  sparklineReply,
  totalReply,
  vendorReply,
} from '@/lib/contract/funnel'
import { candidateReply, lossesReply, lossStageReply, lossVendor, reasonReply, reasonRow } from '@/lib/contract/losses'
import { problemReply } from '@/lib/contract/problem'
import { rangeReply } from '@/lib/contract/ranges'
import { importRow, taskReply } from '@/lib/contract/tasks'
import { deviceReply, sentenceReply, stageReply, traceReply, verdictReply } from '@/lib/contract/traces'
import { userCampaign, userReply, vendorHealthReply } from '@/lib/contract/users'
import { viewReply } from '@/lib/contract/views/saved-views'

/**
 * The shapes that have a name in the description of the API, and so a type in generated clients. A shape without a name
 * is written out where it is used.
 */
const NAMES: Record<string, z.ZodType> = {
  App: appReply,
  Bucket: bucketReply,
  Check: checkReply,
  Count: countReply,
  Coverage: coverage,
  DeliveryCover: deliveryCover,
  Device: deviceReply,
  DeviceStage: stageReply,
  Freshness: freshness,
  Funnel: funnelReply,
  ImportRow: importRow,
  Losses: lossesReply,
  LossReason: reasonRow,
  LossStage: lossStageReply,
  LossVendor: lossVendor,
  Problem: problemReply,
  Range: rangeReply,
  Reason: reasonReply,
  ReasonCandidate: candidateReply,
  Sentence: sentenceReply,
  Sparkline: sparklineReply,
  Status: statusReply,
  Task: taskReply,
  Token: tokenReply,
  Total: totalReply,
  Trace: traceReply,
  UpstreamProblem: problemNote,
  User: userReply,
  UserCampaign: userCampaign,
  Vendor: vendorReply,
  VendorHealth: vendorHealthReply,
  Verdict: verdictReply,
  View: viewReply,
}

interface Meta {
  id?: string
  description?: string
}

/** Adds the names to the descriptions that the schemas carry themselves. */
class NamedSchemas extends z.core.$ZodRegistry<Meta> {
  override get<S extends z.core.$ZodType>(schema: S) {
    const own = super.get(schema)
    const described = z.globalRegistry.get(schema)
    return described ? { ...described, ...own } : own
  }
}

/** Returns the names as a registry of the schema library. Made for each description, because a registry remembers. */
export function namedSchemas(): NamedSchemas {
  const registry = new NamedSchemas()
  for (const [id, schema] of Object.entries(NAMES)) registry.add(schema, { id })
  return registry
}
