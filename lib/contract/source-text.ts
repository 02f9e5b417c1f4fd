/**
 * The `source` of a reason that follows from the text beside its code, not from a table. It is apart from the schemas, so
 * that scripts of pages load no schema.
 */
export const SOURCE_TEXT = 'text'
