import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'
import { PlatformError } from '../../workflows/errors.ts'

/** Discord's number for what went wrong, or null if it did not answer so. */
export function codeOf(error: unknown): number | null {
  return error instanceof DiscordAPIError ? Number(error.code) : null
}

/**
 * True if a message may pass without its picture: no right to attach files, or a form, size or sort that is not taken.
 * Nothing was sent then.
 */
export function refusesPicture(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError && [400, 403, 413].includes(error.status) && !elsewhere.has(Number(error.code))
  )
}

// The place, or the person, takes nothing at all.
const elsewhere = new Set<number>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  RESTJSONErrorCodes.ThreadLocked,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
])

/** What was tried, for the words of an error: `where` names the channel. */
export type Attempt = { readonly where: string; readonly needs: string }

/**
 * What a failed request means to delivery: refused for now (`retryAfterMs`), refused for good (`permanent`, with what
 * to do), or of an unknown outcome, where the answer was lost.
 */
export function failureOf(error: unknown, { where, needs }: Attempt): PlatformError {
  const failed = (message: string, how: Omit<ConstructorParameters<typeof PlatformError>[2], 'cause'>) =>
    new PlatformError('discord', message, { ...how, cause: error })
  if (error instanceof PlatformError) return error
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(250, Math.ceil(Math.max(error.retryAfter, error.timeToReset)))
    return failed('Discord asks the hub to wait', { permanent: false, retryAfterMs })
  }
  if (error instanceof DiscordAPIError) return refused(error, where, needs, failed)
  if (error instanceof HTTPError) return failed(`Discord answered ${error.status}`, down)
  if (/expected token/i.test(String((error as Error)?.message))) {
    return failed('Discord refuses the bot’s token: put a new one into DISCORD_TOKEN', notNow)
  }
  // Refused by the machine at the other end before anything was sent.
  if (neverSent.has(causeCode(error))) return failed('Discord cannot be reached', { ...down, retryAfterMs: 5000 })
  return failed('Discord did not answer', down)
}

type Failed = (message: string, how: Omit<ConstructorParameters<typeof PlatformError>[2], 'cause'>) => PlatformError

// What only a person can mend may be mended at any time; it is said aloud by delivery when it goes on.
const down = { permanent: false, because: 'down' } as const
const notNow = { ...down, retryAfterMs: 60_000 } as const

function refused(error: DiscordAPIError, where: string, needs: string, failed: Failed): PlatformError {
  switch (Number(error.code)) {
    case RESTJSONErrorCodes.CannotSendMessagesToThisUser:
    case RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds:
      return failed('this person takes no direct messages from the bot', { permanent: true, because: 'unreachable' })
    case RESTJSONErrorCodes.UnknownMessage:
      return failed(`the message in ${where} is gone`, { permanent: true, because: 'stale' })
    case RESTJSONErrorCodes.UnknownChannel:
      return failed(`${where} is gone from Discord: bind another room in its place`, { permanent: true })
    case RESTJSONErrorCodes.MissingAccess:
      return failed(`the bot cannot see ${where}: give it "View Channel" there`, { permanent: true })
    case RESTJSONErrorCodes.MissingPermissions:
      return failed(`the bot may not do this in ${where}: give it ${needs} there`, { permanent: true })
    case RESTJSONErrorCodes.UnknownUser:
      return failed('this account is gone from Discord', { permanent: true, because: 'unreachable' })
    case RESTJSONErrorCodes.ThreadLocked:
    case RESTJSONErrorCodes.InvalidActionOnArchivedThread:
      return failed(`the thread in ${where} is archived: give the bot "Manage Threads" there`, { permanent: true })
    default:
      if (error.status === 401)
        return failed('Discord refuses the bot’s token: put a new one into DISCORD_TOKEN', notNow)
      return failed(`Discord refused it in ${where} (code ${error.code})`, { permanent: error.status !== 408 })
  }
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

function causeCode(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (typeof code === 'string') return code
  return cause ? causeCode(cause) : ''
}
