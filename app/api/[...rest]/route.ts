import { unknownAddress } from '@/lib/http/respond'

/** Answers unknown API paths with a JSON problem, like the rest of the API, and not with a page. */
export {
  unknownAddress as DELETE,
  unknownAddress as GET,
  unknownAddress as PATCH,
  unknownAddress as POST,
  unknownAddress as PUT,
}
