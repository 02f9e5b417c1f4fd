import 'server-only'
import type { UserCampaign, UserReply } from '@/lib/contract/users'
import { csvTable } from '@/lib/service/read/csv'

interface UserLine {
  reply: UserReply
  campaign: UserCampaign | null
}

/** What is known of a user as CSV: a row for each campaign, else one row with the verdict. */
export const userCsv = csvTable({
  rows: (reply: UserReply): UserLine[] =>
    reply.campaigns.length === 0
      ? [{ reply, campaign: null }]
      : reply.campaigns.map((campaign) => ({ reply, campaign })),
  columns: [
    { name: 'user_id', cell: ({ reply }) => reply.userId },
    { name: 'as_of', cell: ({ reply }) => reply.asOf },
    { name: 'presence', cell: ({ reply }) => reply.presence.state },
    { name: 'verdict', cell: ({ reply }) => reply.verdict.text },
    { name: 'confidence', cell: ({ reply }) => reply.verdict.confidence },
    { name: 'next', cell: ({ reply }) => reply.verdict.next.text },
    { name: 'task_id', cell: ({ campaign }) => campaign?.taskId ?? null },
    { name: 'name', cell: ({ campaign }) => campaign?.label ?? null },
    { name: 'sent_at', cell: ({ campaign }) => campaign?.sentAt ?? null },
    { name: 'state', cell: ({ campaign }) => campaign?.state ?? null },
    { name: 'campaign_verdict', cell: ({ campaign }) => campaign?.verdict?.text ?? null },
    { name: 'campaign_as_of', cell: ({ campaign }) => campaign?.asOf ?? null },
  ],
  demoColumn: 'note',
})
