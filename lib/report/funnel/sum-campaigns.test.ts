import { expect, test } from 'vitest'
import { type CampaignCounts, sumCampaigns } from './sum-campaigns'

const campaign = (more: Partial<CampaignCounts> = {}): CampaignCounts => ({
  ...{ sent: 1_000, delivered: 400, clicked: 40, reportingSent: 500, reportingDelivered: 400, clickBasis: 'sent' },
  ...more,
})

test('the rates of a sum are of its counts, and not the average of rates', () => {
  const sum = sumCampaigns([campaign(), campaign({ sent: 9_000, reportingSent: 1_500, reportingDelivered: 300 })])
  expect(sum).toMatchObject({ known: 2, sent: 10_000, delivered: 800, clicked: 80, reportingSent: 2_000 })
  expect([sum.delivery, sum.share, sum.click]).toEqual([0.35, 0.2, 0.008])
})

test('a campaign without numbers is in no sum, and is not counted as known', () => {
  expect(sumCampaigns([null, campaign(), campaign({ sent: null })])).toMatchObject({ known: 1, sent: 1_000 })
  expect(sumCampaigns([null])).toMatchObject({ known: 0, sent: null, delivery: null, click: null, share: null })
})

test('without receipts there is no delivery rate, never 0', () => {
  const sum = sumCampaigns([campaign({ reportingSent: 0, reportingDelivered: 0 })])
  expect([sum.delivery, sum.share]).toEqual([null, 0])
})

test('clicks are of deliveries only where those of every campaign are', () => {
  const wholly = campaign({ clickBasis: 'delivered' })
  expect(sumCampaigns([wholly, wholly])).toMatchObject({ clickBasis: 'delivered', click: 0.1 })
  expect(sumCampaigns([wholly, campaign()])).toMatchObject({ clickBasis: 'sent', click: 0.04 })
})

test('fewer than 200 have no rate', () => {
  const small = campaign({ sent: 199, reportingSent: 199, reportingDelivered: 100, clicked: 3 })
  expect(sumCampaigns([small])).toMatchObject({ sent: 199, delivery: null, click: null })
})
