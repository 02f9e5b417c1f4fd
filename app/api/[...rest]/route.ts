import { nowhere } from '@/lib/http/respond'

/** An address of the API that does not exist answers like the rest of it, not with a page. */
export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT }
