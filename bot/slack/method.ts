/**
 * How often a method may be called, as Slack documents it; `post` is one message a second for each channel, `read` what
 * reading after an absence may take of a tier, because another process may look messages up meanwhile.
 */
export type Pace = 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'post' | 'read'

type Allowed = { readonly scopes: readonly string[]; readonly pace: Pace }

const talks = ['channels:history', 'groups:history', 'im:history', 'metadata.message:read'] as const
const rooms = ['channels:read', 'groups:read'] as const

/** Every Web API method that is called with the bot's token: the scopes that it needs, and its documented pace. */
export const methods = {
  'auth.test': { scopes: [], pace: 'tier4' },
  'chat.delete': { scopes: ['chat:write'], pace: 'tier3' },
  'chat.getPermalink': { scopes: [], pace: 'tier4' },
  'chat.postEphemeral': { scopes: ['chat:write'], pace: 'tier4' },
  'chat.postMessage': { scopes: ['chat:write'], pace: 'post' },
  'chat.update': { scopes: ['chat:write'], pace: 'tier3' },
  'conversations.history': { scopes: talks, pace: 'tier3' },
  'conversations.info': { scopes: rooms, pace: 'tier3' },
  'conversations.list': { scopes: rooms, pace: 'tier2' },
  'conversations.open': { scopes: ['im:write'], pace: 'tier3' },
  'conversations.replies': { scopes: talks, pace: 'tier3' },
  'files.completeUploadExternal': { scopes: ['files:write'], pace: 'tier4' },
  'files.getUploadURLExternal': { scopes: ['files:write'], pace: 'tier4' },
  'files.info': { scopes: ['files:read'], pace: 'tier4' },
  'usergroups.list': { scopes: ['usergroups:read'], pace: 'tier2' },
  'users.info': { scopes: ['users:read'], pace: 'tier4' },
  'views.open': { scopes: [], pace: 'tier4' },
  'views.publish': { scopes: [], pace: 'tier4' },
  'views.push': { scopes: [], pace: 'tier4' },
  'views.update': { scopes: [], pace: 'tier4' },
} as const satisfies Readonly<Record<string, Allowed>>

/** A method of that list. */
export type Method = keyof typeof methods

/** Every event that is listened to, and the scopes that Slack asks for it. */
export const events = {
  app_home_opened: [],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  subteam_members_changed: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  channel_left: ['channels:read'],
  channel_archive: ['channels:read'],
  channel_deleted: ['channels:read'],
  group_left: ['groups:read'],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The scopes of the bot's token: those of the methods and events, and the one that slash commands need. */
export function botScopes(): readonly string[] {
  const all = [...Object.values(methods).flatMap(({ scopes }) => [...scopes]), ...Object.values(events).flat()]
  return [...new Set<string>([...all, 'commands'])].sort()
}
