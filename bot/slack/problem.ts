import { webApi } from '@slack/bolt'
import { PlatformError } from '../../workflows/errors.ts'

/** What Slack answers in words, by what it means here; what is not listed may pass and is looked up before a resend. */
const permanent: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack does not know this channel, or it is private: invite the hub with /invite in the channel',
  not_in_channel: 'the hub is not in this Slack channel: invite it with /invite in the channel',
  is_archived: 'this Slack channel is archived: unarchive it, or bind another one',
  restricted_action: 'the Slack workspace does not let the hub write here: ask a Slack admin to allow it',
  restricted_action_read_only_channel: 'only some people may write in this Slack channel: allow the hub to',
  restricted_action_thread_only_channel: 'only threads may be written in this Slack channel: allow the hub to post',
  restricted_action_thread_locked: 'this Slack thread is locked',
  restricted_action_non_threadable_channel: 'this Slack channel takes no threads: bind another one',
  method_not_supported_for_channel_type: 'this Slack channel takes no messages of apps: bind another one',
  channel_is_limited_access: 'this Slack channel lets only some people write: allow the hub to',
  not_in_group: 'the hub is not in this Slack channel: invite it with /invite in the channel',
  message_limit_exceeded: 'the Slack workspace takes no more messages: ask a Slack admin',
  no_permission: 'the Slack app lacks a permission: install it again with its manifest',
  missing_scope: 'the Slack app lacks a permission: install it again with its manifest (hub manifest slack)',
  ekm_access_denied: 'the Slack workspace does not let the hub write: ask a Slack admin',
  msg_blocks_too_long: 'the message is too long for Slack',
  msg_too_long: 'the message is too long for Slack',
  invalid_blocks: 'Slack does not take the form of this message',
  invalid_blocks_format: 'Slack does not take the form of this message',
  invalid_arguments: 'Slack does not take this message',
  no_text: 'Slack does not take an empty message',
  file_not_found: 'the file is gone from Slack',
  file_deleted: 'the file is gone from Slack',
  access_denied: 'Slack does not let the hub open this',
}

/** What no room can help: nothing goes out until somebody mends the app or its token, which may be at any time. */
const refusedAll: Readonly<Record<string, string>> = {
  account_inactive: 'the Slack app was removed or switched off: install it again, then set SLACK_BOT_TOKEN',
  invalid_auth: 'Slack does not accept SLACK_BOT_TOKEN: copy it again from the page of the app',
  not_authed: 'Slack does not accept SLACK_BOT_TOKEN: copy it again from the page of the app',
  token_revoked: 'the Slack token was taken back: install the app again, then set SLACK_BOT_TOKEN',
  token_expired: 'the Slack token has run out: install the app again, then set SLACK_BOT_TOKEN',
  not_allowed_token_type: 'SLACK_BOT_TOKEN is no bot token: it starts with xoxb-',
  team_access_not_granted: 'the Slack app may not work in this workspace: ask a Slack admin to approve it',
  access_limited: 'the Slack workspace limits the app: ask a Slack admin to approve it',
  enterprise_is_restricted: 'the Slack organisation limits the app: ask a Slack admin to approve it',
  org_login_required: 'the Slack workspace is being moved; it takes nothing until that is done',
  two_factor_setup_required: 'the Slack workspace asks for two-factor sign-in: ask a Slack admin',
}

const unreachable: Readonly<Record<string, string>> = {
  cannot_dm_bot: 'this Slack account is a bot and cannot be written to',
  user_disabled: 'this Slack account is switched off',
  user_not_found: 'Slack does not know this account any more',
  user_not_visible: 'the hub may not write to this Slack account',
  users_not_found: 'Slack does not know this account any more',
  messages_tab_disabled: 'the Slack app takes no direct messages: switch on its Messages tab',
}

const stale = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'cant_delete_message',
  'parent_message_not_found',
])

const again = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'])
const mendMs = 60_000
const down = { permanent: false, because: 'down' } as const

/** What failed at Slack as an error that delivery understands; `method` is what was called. */
export function problemOf(error: unknown, method: string): PlatformError {
  if (error instanceof PlatformError) return error
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return failed(`Slack asks to wait (${method})`, { permanent: false, retryAfterMs: error.retryAfter * 1000 }, error)
  }
  if (error instanceof webApi.WebAPIPlatformError) return ofCode(error.data.error, method, error)
  if (error instanceof webApi.WebAPIHTTPError) {
    const ours = error.statusCode >= 400 && error.statusCode < 500 && error.statusCode !== 408
    return failed(
      `Slack answered with status ${error.statusCode} (${method})`,
      ours ? { permanent: true } : down,
      error,
    )
  }
  // Nobody was there to take it.
  if (neverSent.has(netCode(error))) return failed('Slack cannot be reached', { ...down, retryAfterMs: 5000 }, error)
  // Whether a call that was not answered was done, nobody knows.
  return failed(`no answer from Slack (${method})`, down, error)
}

/** True if Slack takes nothing of the hub until somebody mends the app or its token. */
export function refusesAll(error: unknown): boolean {
  return (codeOf(error) ?? '') in refusedAll
}

/** The code of Slack's answer, or null for a failure of another sort. */
export function codeOf(error: unknown): string | null {
  const cause = error instanceof PlatformError ? error.cause : error
  return cause instanceof webApi.WebAPIPlatformError ? cause.data.error : null
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function netCode(error: unknown): string {
  for (
    let at = error, depth = 0;
    at && depth < 5;
    at = (at as { cause?: unknown; original?: unknown }).cause, depth++
  ) {
    const { code, original } = at as { code?: unknown; original?: { code?: unknown } }
    if (typeof original?.code === 'string') return original.code
    if (typeof code === 'string' && code.startsWith('E')) return code
  }
  return ''
}

function ofCode(code: string, method: string, cause: Error): PlatformError {
  if (code === 'ratelimited' || code === 'rate_limited') {
    return failed(`Slack asks to wait (${method})`, { permanent: false, retryAfterMs: 30_000 }, cause)
  }
  if (again.has(code)) return failed(`Slack has trouble (${method}: ${code})`, down, cause)
  const all = refusedAll[code]
  if (all) return failed(all, { ...down, retryAfterMs: mendMs }, cause)
  const away = unreachable[code]
  if (away) return failed(away, { permanent: true, because: 'unreachable' }, cause)
  if (stale.has(code)) {
    return failed(
      `the Slack message cannot be changed any more (${code})`,
      { permanent: true, because: 'stale' },
      cause,
    )
  }
  return failed(permanent[code] ?? `Slack refused (${method}: ${code})`, { permanent: true }, cause)
}

function failed(
  message: string,
  how: { permanent: boolean; retryAfterMs?: number; because?: 'unreachable' | 'stale' | 'down' },
  cause: unknown,
): PlatformError {
  return new PlatformError('slack', message, { ...how, cause })
}
