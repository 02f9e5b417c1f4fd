import { DAY, HOUR, startOf } from './calendar'

/** What goes wrong in this world and when, in epoch seconds; `to` is not included. */
export interface Incidents {
  vivoTokensStale: { from: number; ramp: number; share: number }
  apnsCertificateExpired: { from: number; to: number }
  xiaomiSilent: { from: number; to: number }
  huaweiReceipts: { from: number }
}

/** `today` is the local day the world was started on: incidents lie at fixed distances before it. */
export function incidentsBefore(today: number): Incidents {
  return {
    vivoTokensStale: { from: startOf(today - 5), ramp: 5 * DAY, share: 0.4 },
    apnsCertificateExpired: { from: startOf(today - 3) + 14 * HOUR, to: startOf(today - 3) + 20 * HOUR },
    xiaomiSilent: { from: startOf(today - 6), to: startOf(today - 5) },
    huaweiReceipts: { from: startOf(today - 10) + 10 * HOUR },
  }
}

export const isWithin = (at: number, span: { from: number; to: number }) => at >= span.from && at < span.to

/** The share of vivo's devices whose token has gone stale by `at`: it only rises. */
export function staleShare(at: number, incident: Incidents['vivoTokensStale']): number {
  const risen = Math.min(1, Math.max(0, (at - incident.from) / incident.ramp))
  return risen * incident.share
}
