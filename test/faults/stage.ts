import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { slackManifest } from '../../bot/slack/manifest.ts'
import { commands } from '../../commands/index.ts'
import type { Tool } from '../journeys/net.ts'
import { startDiscordPeer } from '../peers/discord/index.ts'
import { readMessage } from '../peers/discord/reading.ts'
import { messagesIn } from '../peers/discord/world.ts'
import { toolEnvironment } from '../peers/environment.ts'
import type { Someone } from '../peers/peer.ts'
import { startSignalPeer } from '../peers/signal/index.ts'
import { startSlackPeer } from '../peers/slack/index.ts'
import { seenOf } from '../peers/slack/read.ts'
import { checklist } from './checklist.ts'
import { coordination, everybody, leadership, networkFile, rooms } from './town.ts'

/** The three chat tools of the town on loopback. */
export type Stage = Awaited<ReturnType<typeof openStage>>

/** Starts the tools, which wait `patient` times longer than three seconds for the hub. */
export async function openStage(patient: number) {
  const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
  const on = (tool: Tool) => everybody.flatMap(one => one.accounts[tool] ?? [])
  const slackRooms = [rooms.AZ.slack, rooms.GA.slack, coordination.slack, leadership.slack]
  const discordRooms = [rooms.AZ.discord, rooms.GA.discord, leadership.discord]
  const signalRooms = [rooms.AZ.signal, rooms.GA.signal, coordination.signal]
  const slack = await startSlackPeer({
    manifest,
    channels: slackRooms.map((id, n) => ({ id, name: `room-${n}` })),
    people: on('slack').map(account => ({ account })),
    patient,
  })
  const discord = await startDiscordPeer({ rooms: discordRooms.map((id, n) => ({ id, name: `room-${n}` })), patient })
  const signal = await startSignalPeer({
    groups: signalRooms.map((address, n) => ({ address, name: `Group ${n}` })),
    people: on('signal').map(account => ({ account })),
  })
  const peers = { slack, discord, signal }
  const away = new Set<Tool>()

  return {
    peers,
    /** The rooms on each tool that the network has. */
    rooms: { slack: slackRooms, discord: discordRooms, signal: signalRooms },
    someone(callsign: string, tool: Tool): Someone {
      const account = everybody.find(one => one.callsign === callsign)?.accounts[tool]
      if (!account) throw new Error(`${callsign} is not on ${tool}`)
      return peers[tool].someone(account)
    },
    /** A tool goes away for everybody, or is back. */
    async down(tool: Tool, yes: boolean): Promise<void> {
      if (yes) away.add(tool)
      if (tool === 'signal') await (yes ? signal.api.down() : signal.api.up())
      else peers[tool].down(yes)
      if (!yes) away.delete(tool)
    },
    isDown: (tool: Tool) => away.has(tool),
    /** What a hub is told to reach them; its files lie in that folder. */
    environment(folder: string): Readonly<Record<string, string>> {
      const file = join(folder, 'network.json')
      writeFileSync(file, JSON.stringify(networkFile))
      const protocols = join(folder, 'protocols')
      mkdirSync(protocols, { recursive: true })
      writeFileSync(join(protocols, 'P9.yaml'), JSON.stringify(checklist))
      return {
        NETWORK_FILE: file,
        PROTOCOLS_FOLDER: protocols,
        HUB_KEY_FILE: join(folder, 'hub.key'),
        ...toolEnvironment({ slack, discord, signal }),
      }
    },
    /** Everything the hub wrote in a room and the threads there, in the order in which it was first written. */
    written(tool: Tool, room: string): readonly string[] {
      switch (tool) {
        case 'slack':
          return (slack.world.channels.get(room)?.messages ?? []).filter(one => one.bot).map(one => seenOf(one).text)
        case 'discord': {
          const threads = [...discord.world.channels.values()].filter(one => one.id === room || one.parent_id === room)
          const all = threads.flatMap(one => messagesIn(discord.world, one.id)).filter(one => one.author.bot)
          return all
            .toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
            .map(one => readMessage(one).text)
        }
        case 'signal': {
          const { messages, own } = signal.world
          return messages
            .filter(one => one.room === room && one.author === own.uuid && !one.deleted)
            .map(one => one.text)
        }
      }
    },
    /** Every rule of every tool that was broken so far. */
    broken: () => Object.values(peers).flatMap(peer => peer.broken.map(rule => `${peer.platform}: ${rule}`)),
    async close(): Promise<void> {
      for (const peer of Object.values(peers)) await peer.close()
    },
  }
}
