export { startOidc as POST } from '@/lib/http/oidc'
