import type { Wanted } from './wanted'

/**
 * What each code means, written by hand from the vendors' tables (upstream/vendor_error_codes.json), not from answers of
 * `explain`. Columns: code, text, cause, owner, then the confidence with the text, without a text, and without a text
 * and without a vendor. `open`: undecided.
 */
export const APNS: readonly Wanted[] = [
  ['400', 'BadDeviceToken', 'token_mismatch', 'dev', 'certain', 'open', 'open'],
  ['400', 'DeviceTokenNotForTopic', 'app_mismatch', 'console', 'certain', 'open', 'open'],
  ['400', 'TopicDisallowed', 'app_mismatch', 'console', 'certain', 'open', 'open'],
  ['400', 'BadTopic', 'app_mismatch', 'console', 'certain', 'open', 'open'],
  ['400', 'MissingTopic', 'app_mismatch', 'console', 'certain', 'open', 'open'],
  ['400', 'MissingDeviceToken', 'token_missing', 'dev', 'certain', 'open', 'open'],
  ['400', 'BadCertificate', 'credential_wrong', 'console', 'certain', 'open', 'open'],
  ['400', 'BadExpirationDate', 'bad_parameters', 'dev', 'certain', 'open', 'open'],
  ['400', 'BadPriority', 'tencent_request', 'tencent', 'certain', 'open', 'open'],
  ['400', 'BadMessageId', 'tencent_request', 'tencent', 'certain', 'open', 'open'],
  ['400', 'BadCollapseId', 'bad_parameters', 'dev', 'certain', 'open', 'open'],
  ['400', 'DuplicateHeaders', 'tencent_request', 'tencent', 'certain', 'open', 'open'],
  ['400', 'IdleTimeout', 'vendor_busy', 'none', 'certain', 'open', 'open'],
  ['400', 'InvalidPushType', 'bad_parameters', 'dev', 'likely', 'open', 'open'],
  ['400', 'PayloadEmpty', 'content_empty', 'sender', 'certain', 'open', 'open'],
  ['403', 'BadCertificateEnvironment', 'credential_wrong', 'console', 'certain', 'open', 'open'],
  ['403', 'ExpiredProviderToken', 'session_expired', 'none', 'certain', 'open', 'open'],
  ['403', 'InvalidProviderToken', 'credential_wrong', 'console', 'certain', 'open', 'open'],
  ['403', 'MissingProviderToken', 'credential_wrong', 'console', 'certain', 'open', 'open'],
  ['403', 'Forbidden', 'credential_wrong', 'console', 'certain', 'open', 'open'],
  ['403', 'UnrelatedKeyIdInToken', 'credential_wrong', 'console', 'likely', 'open', 'open'],
  ['403', 'BadEnvironmentKeyIdInToken', 'credential_wrong', 'console', 'likely', 'open', 'open'],
  ['404', 'BadPath', 'tencent_request', 'tencent', 'certain', 'certain', 'open'],
  ['405', 'MethodNotAllowed', 'tencent_request', 'tencent', 'certain', 'certain', 'open'],
  ['410', 'Unregistered', 'token_gone', 'user', 'certain', 'certain', 'open'],
  ['410', 'ExpiredToken', 'token_gone', 'user', 'likely', 'certain', 'open'],
  ['413', 'PayloadTooLarge', 'content_too_long', 'sender', 'certain', 'certain', 'open'],
  ['429', 'TooManyProviderTokenUpdates', 'tencent_request', 'tencent', 'certain', 'open', 'open'],
  ['429', 'TooManyRequests', 'too_fast', 'sender', 'certain', 'open', 'open'],
  ['500', 'InternalServerError', 'vendor_busy', 'none', 'certain', 'certain', 'likely'],
  ['503', 'ServiceUnavailable', 'vendor_busy', 'none', 'certain', 'certain', 'open'],
  ['503', 'Shutdown', 'vendor_busy', 'none', 'certain', 'certain', 'open'],
]

export const FCM: readonly Wanted[] = [
  ['404', 'UNREGISTERED', 'token_gone', 'user', 'certain', 'certain', 'open'],
  ['400', 'INVALID_ARGUMENT', 'bad_parameters', 'dev', 'certain', 'certain', 'open'],
  ['403', 'SENDER_ID_MISMATCH', 'app_mismatch', 'console', 'certain', 'open', 'open'],
  ['429', 'QUOTA_EXCEEDED', 'too_fast', 'sender', 'certain', 'certain', 'open'],
  ['401', 'THIRD_PARTY_AUTH_ERROR', 'credential_wrong', 'console', 'certain', 'certain', 'open'],
  ['401', 'UNAUTHENTICATED', 'credential_wrong', 'console', 'certain', 'certain', 'open'],
  ['403', 'PERMISSION_DENIED', 'credential_wrong', 'console', 'certain', 'open', 'open'],
  ['404', 'NOT_FOUND', 'token_gone', 'user', 'certain', 'certain', 'open'],
  ['503', 'UNAVAILABLE', 'vendor_busy', 'none', 'certain', 'certain', 'open'],
  ['500', 'INTERNAL', 'vendor_busy', 'none', 'certain', 'certain', 'likely'],
  ['UNSPECIFIED_ERROR', 'UNSPECIFIED_ERROR', 'vendor_unclear', 'vendor', 'certain', 'certain', 'likely'],
  ['NotRegistered', 'NotRegistered', 'token_gone', 'user', 'likely', 'likely', 'likely'],
  ['MismatchSenderId', 'MismatchSenderId', 'app_mismatch', 'console', 'likely', 'likely', 'likely'],
  ['InvalidRegistration', 'InvalidRegistration', 'token_mismatch', 'dev', 'likely', 'likely', 'likely'],
  ['MessageRateExceeded', 'MessageRateExceeded', 'too_fast', 'sender', 'likely', 'likely', 'likely'],
]
