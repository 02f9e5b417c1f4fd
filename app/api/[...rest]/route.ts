import { nowhere } from '@/lib/http/respond'

/** Answers unknown API paths with a JSON problem, like the rest of the API, and not with a page. */
export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT }
