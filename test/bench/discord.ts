import { startDiscordPeer } from '../peers/discord/index.ts'
import { accountOf, roomOf } from './crowd.ts'
import { compareForms, type Stage } from './forms.ts'
import type { Bench } from './measure.ts'

/** A slash command until the form is asked for, and a form until it is acknowledged, on Discord. */
export const discordForms: Bench = {
  names: ['discord-modal', 'discord-submit'],
  run: wanted => compareForms('discord', openDiscord, wanted, 'a bare discord.js handler'),
}

/** Discord on loopback with the rooms of the bench; `pace` is how many times its limits are widened. */
export function startBenchDiscord(regions: 1 | 12, pace = 1) {
  const rooms = Array.from({ length: regions }, (_, at) => ({ id: roomOf.discord(at), name: `bench-${at}` }))
  return startDiscordPeer({ rooms, pace })
}

async function openDiscord(): Promise<Stage> {
  const peer = await startBenchDiscord(1, 200)
  const { token, apiUrl, world } = peer
  // The bare handler registers nothing; the hub replaces this.
  world.commands.set(world.guild, [{ name: 'report', type: 1, description: 'Report', options: [] }])
  return {
    hub: { discord: { token, apiUrl } },
    bare: { type: 'discord', token, apiUrl },
    someone: at => peer.someone(accountOf.discord(at)),
    room: roomOf.discord(0),
    opened: async () => {},
    close: peer.close,
  }
}
