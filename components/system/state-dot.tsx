import type { StatusReply } from '@/lib/contract/apps'

type State = StatusReply['lanes'][number]['state']

const SHAPE: Record<State, string> = {
  idle: 'rounded-full border border-second',
  busy: 'rounded-full bg-accent',
  waiting: 'rounded-full border-2 border-accent',
  paused: 'rounded-full border-2 border-warn',
  stopped: 'bg-bad',
}

/** Draws a shape and a colour for each state. The word stands beside it. */
export function StateDot({ state }: { state: State }) {
  return <span aria-hidden="true" className={`inline-block size-2.5 shrink-0 ${SHAPE[state]}`} />
}
