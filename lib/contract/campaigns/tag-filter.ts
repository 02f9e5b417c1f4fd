/** The tag that a report is limited to. `n` is the number of its campaigns in the report; `hasMore`: it has older ones. */
export interface TagFilter {
  tag: string
  n: number
  hasMore: boolean
}
