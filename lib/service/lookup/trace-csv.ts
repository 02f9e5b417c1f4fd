import 'server-only'
import type { DeviceReply, StageReply, TraceReply } from '@/lib/contract/traces'
import { csvTable } from '@/lib/service/read/csv'

interface TraceLine {
  reply: TraceReply
  device: DeviceReply | null
  step: StageReply | null
}

/** One look-up as CSV: a row for each step of each device. Without a device it is one row with the verdict. */
export const traceCsv = csvTable({
  rows: (reply: TraceReply): TraceLine[] =>
    reply.devices.length === 0
      ? [{ reply, device: null, step: null }]
      : reply.devices.flatMap((device) => device.stages.map((step) => ({ reply, device, step }))),
  columns: [
    { name: 'as_of', cell: ({ reply }) => reply.asOf },
    { name: 'state', cell: ({ reply }) => reply.freshness.state },
    { name: 'problem', cell: ({ reply }) => reply.freshness.problem?.title ?? null },
    { name: 'verdict', cell: ({ reply }) => reply.verdict?.text ?? null },
    { name: 'confidence', cell: ({ reply }) => reply.verdict?.confidence ?? null },
    { name: 'next', cell: ({ reply }) => reply.verdict?.next.text ?? null },
    { name: 'instance', cell: ({ device }) => device?.instance ?? null },
    { name: 'model', cell: ({ device }) => device?.model ?? null },
    { name: 'vendor', cell: ({ device }) => device?.vendor ?? null },
    { name: 'channel', cell: ({ device }) => device?.channel ?? null },
    { name: 'pushed_at', cell: ({ device }) => device?.pushedAt ?? null },
    { name: 'pushed_at_text', cell: ({ device }) => device?.pushedAtText ?? null },
    { name: 'path', cell: ({ step }) => step?.path ?? null },
    { name: 'stage', cell: ({ step }) => step?.stage ?? null },
    { name: 'stage_state', cell: ({ step }) => step?.state ?? null },
    { name: 'at', cell: ({ step }) => step?.at ?? null },
    { name: 'at_text', cell: ({ step }) => step?.atText ?? null },
    { name: 'code', cell: ({ step }) => step?.code ?? null },
    { name: 'reason', cell: ({ step }) => step?.reason ?? null },
  ],
  demoColumn: 'note',
})
