/** The pages whose state a person can save. Their addresses hold the whole state. */
export const VIEW_PAGES = ['overview', 'losses', 'campaigns'] as const
export type ViewPage = (typeof VIEW_PAGES)[number]
