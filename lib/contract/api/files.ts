import { z } from 'zod'

/** What a link can download: a browser that follows a link cannot choose by `Accept`. */
export const FILE_FORMATS = ['csv', 'json'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

/** The field by which a link asks for a file. */
export const fileFormat = z
  .enum(FILE_FORMATS)
  .optional()
  .describe('Answers with a file. csv is the same as Accept: text/csv')

/** What every file of a demo says. */
export const DEMO_NOTE = 'Demo, invented data'
