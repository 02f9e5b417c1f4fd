/** The one clock. Each of its times has the unit in its name. */
export interface Clock {
  /** Epoch milliseconds of real time: signatures, sessions, leases, spacing, the audit. */
  wallMs(): number
  /** Epoch seconds of the data's time: windows, ages, horizons. Differs from real time only in tests. */
  dataS(): number
}
