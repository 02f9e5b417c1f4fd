import { unknownAddress } from '@/lib/http/respond'

/** An address of the API that does not exist answers like the rest of it, not with a page. */
export {
  unknownAddress as DELETE,
  unknownAddress as GET,
  unknownAddress as PATCH,
  unknownAddress as POST,
  unknownAddress as PUT,
}
