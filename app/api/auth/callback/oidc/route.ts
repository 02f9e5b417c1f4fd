export { finishOidc as GET } from '@/lib/http/oidc'
