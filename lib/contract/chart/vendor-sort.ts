import { z } from 'zod'
import { VENDOR_SORTS } from './vendor-sorts'

export const vendorSort = z.enum(VENDOR_SORTS).default('volume')
