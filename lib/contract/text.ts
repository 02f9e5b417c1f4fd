import { z } from 'zod'
import { MAX_ID_LENGTH } from './limits'

/** An ID as people paste it. Control characters are refused: no ID has them, and PostgreSQL stores no NUL. */
export const idText = z
  .string()
  .max(MAX_ID_LENGTH)
  .trim()
  .min(1)
  .regex(/^\P{Cc}+$/u, 'holds a control character')
