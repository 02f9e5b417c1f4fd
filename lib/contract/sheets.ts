/** The signs that begin a formula, in all their widths. */
const SIGN = '[=+\\-@＝＋－＠﹦﹢﹣﹫]'

/** A spreadsheet may run a text that starts like this as a formula, also after white space. */
export const FORMULA = new RegExp(`^\\s*${SIGN}|^[\\t\\r\\n]`)

/** The apostrophe that an export puts before such a text, so that it stays text. */
export const FORMULA_PREFIX = new RegExp(`^'(?=\\s*${SIGN}|[\\t\\r\\n])`)
