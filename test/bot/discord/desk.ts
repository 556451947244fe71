import { createDiscord } from '../../../bot/discord/index.ts'
import { createLog } from '../../../bot/log.ts'
import type { Answer, Host, Interaction, Outgoing } from '../../../bot/platform.ts'
import { commands } from '../../../commands/index.ts'
import type { Room } from '../../../workflows/directory.ts'
import { phrase } from '../../../workflows/phrase.ts'
import type { Reader } from '../../../workflows/text/say.ts'
import { plainView, type View } from '../../../workflows/view.ts'
import { loneHost } from '../../host.ts'
import { type DiscordPeer, type DiscordPeerOptions, startDiscordPeer } from '../../peers/discord/index.ts'

/** The rooms of the usual peer: two text channels and a forum. */
export const az = '700000000000000001'
export const coordination = '700000000000000002'
export const forum = '700000000000000003'

/** Somebody who reads English in New York. */
export const reader: Reader = {
  language: 'en',
  zone: 'America/New_York',
  now: Date.UTC(2026, 9, 19, 16),
  person: () => 'Heron',
}

/** A card as the hub draws one. */
function cardView(what = 'Three men with rifles.'): View {
  const id = 'AZ-0412'
  return {
    tone: 'S4',
    title: phrase('card.title', { severity: phrase('card.severity-4'), id, kind: 'Armed group' }),
    lines: [
      { type: 'strong', text: phrase('card.do-not-go') },
      { type: 'quote', text: { words: what } },
      { type: 'rule' },
      { type: 'text', text: phrase('card.claimed', { person: 'Finch', until: { time: reader.now + 3_600_000 } }) },
    ],
    buttons: [
      { id: 'claim:AZ-0412:abc', label: phrase('button.claim'), style: 'primary' },
      { id: 'more:AZ-0412', label: phrase('button.more') },
    ],
  }
}

/** The same as it is sent. */
export function card(key = 'card:AZ-0412:1', view = cardView(), status: 'reported' | 'closed' = 'reported'): Outgoing {
  return { view, reader, key, card: { incident: 'AZ-0412' as never, severity: 4, status } }
}

/** A line of text as it is sent. */
export function line(words: string, key = `line:${words}`): Outgoing {
  return { view: plainView([{ words }]), reader, key }
}

/** A private answer of a few words. */
export function said(words: string): Answer {
  return { reply: { type: 'view', private: true, view: plainView([{ words }]) }, reader }
}

/** Discord on both ends of a loopback line, with a hub of the test's own making. */
export async function openDesk(
  receive: (interaction: Interaction) => Promise<Answer>,
  {
    peer: how = {},
    between,
    ...own
  }: { peer?: DiscordPeerOptions; between?: DiscordPeer; remembered?: Map<string, string> } & Partial<
    Omit<Host, 'rooms'>
  > = {},
) {
  const peer = between ?? (await startDiscordPeer(how))
  const heard: Interaction[] = []
  const logged: string[] = []
  const rooms = [az, coordination, forum].map(
    (address): Room => ({
      ...{ id: `room-${address}` as never, purpose: 'region', region: 'AZ', platform: 'discord', address },
      ...{ name: peer.world.channels.get(address)?.name ?? address, language: 'en', red: false },
    }),
  )
  const discord = createDiscord({
    ...{ token: peer.token, apiUrl: peer.apiUrl, commands, clock: Date.now },
    log: createLog('debug', text => void logged.push(text)),
  })
  const { remembered, ...rest } = own
  const host = loneHost(
    async interaction => {
      heard.push(interaction)
      return receive(interaction)
    },
    () => discord,
    { rooms, ...rest },
  )
  for (const [key, value] of remembered ?? []) host.remembered.set(key, value)
  return {
    peer,
    discord,
    host,
    heard,
    logged,
    /** Connects, and waits until what can be typed is registered. */
    async connect() {
      await discord.start(host)
      const end = Date.now() + 5000
      while (
        Date.now() < end &&
        !(
          host.remembered.has(`commands:${peer.bot}:${peer.world.guild}`) && host.remembered.has(`commands:${peer.bot}`)
        )
      )
        await new Promise(resolve => setTimeout(resolve, 10))
    },
    async close() {
      await discord.stop()
      if (!between) await peer.close()
    },
  }
}

/** Discord with a hub of the test's own making. */
export type Desk = Awaited<ReturnType<typeof openDesk>>
