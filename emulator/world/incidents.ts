import { DAY, HOUR, startOf } from './calendar'

/** The incidents of this world, in epoch seconds; `to` is exclusive. */
export interface Incidents {
  vivoTokensStale: { from: number; ramp: number; share: number }
  apnsCertificateExpired: { from: number; to: number }
  xiaomiSilent: { from: number; to: number }
  huaweiReceipts: { from: number }
}

/**
 * Returns the incidents at fixed distances before `today`, the local day of the anchor. All are within the last seven full
 * days. The certificate and the stale tokens are within the last 24 hours too.
 */
export function incidentsBefore(today: number): Incidents {
  return {
    vivoTokensStale: { from: startOf(today - 5), ramp: 5 * DAY, share: 0.4 },
    apnsCertificateExpired: { from: startOf(today - 1) + 18 * HOUR, to: startOf(today) },
    xiaomiSilent: { from: startOf(today - 6), to: startOf(today - 5) },
    huaweiReceipts: { from: startOf(today - 4) + 10 * HOUR },
  }
}

export const isWithin = (at: number, span: { from: number; to: number }) => at >= span.from && at < span.to

/** Returns the share of vivo devices whose token is stale at `at`. It never falls. */
export function staleShare(at: number, incident: Incidents['vivoTokensStale']): number {
  const risen = Math.min(1, Math.max(0, (at - incident.from) / incident.ramp))
  return risen * incident.share
}
