import { unknownAddress } from '@/lib/http/respond'

/** An unknown address of the API gets an error like the rest of the API, not a page. */
export {
  unknownAddress as DELETE,
  unknownAddress as GET,
  unknownAddress as PATCH,
  unknownAddress as POST,
  unknownAddress as PUT,
}
