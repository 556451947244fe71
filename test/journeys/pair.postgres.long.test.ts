import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { ground } from '../house.ts'
import { needs } from '../need.ts'
import { toolEnvironment } from '../peers/environment.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { type HubProcess, startProcess } from '../process.ts'
import { networkFile, rooms, startPeers, type Tool, until } from './net.ts'

const { test } = needs(postgresNeed())
const tools: readonly Tool[] = ['slack', 'discord', 'signal']

describe('two hubs on one PostgreSQL', () => {
  const server = usePostgres()

  test('show one card in each room and hear everything once, and one goes on when the other stops', async () => {
    const at = ground(await server().fresh())
    const peers = await startPeers()
    const file = join(at.folder, 'network.json')
    writeFileSync(file, JSON.stringify(networkFile))
    const environment = {
      NETWORK_FILE: file,
      ...toolEnvironment(peers),
    }
    const hubs: HubProcess[] = []
    const heron = peers.signal.someone('11111111-0000-4000-8000-111111111111')
    const wren = peers.discord.someone('500000000000000003')

    const report = async (what: string) => {
      const before = (await heron.direct()).length
      await heron.type(`/report ${what}, 85004 !4`, null)
      const asked = await until('the question whether it is right', async () => {
        const all = await heron.direct()
        return {
          found: all.slice(before).find(seen => seen.buttons.includes('Send')),
          instead: all.map(seen => seen.text).join(),
        }
      })
      await heron.press('Send', asked.id, null)
    }
    const cards = async (tool: Tool, id: string) =>
      (await peers[tool].room(rooms[tool])).filter(seen => seen.text.split('\n')[0]?.includes(id))
    const shown = (tool: Tool, id: string, ...words: readonly string[]) =>
      until(`${id} on ${tool}`, async () => {
        const all = await cards(tool, id)
        return {
          found: all.find(seen => words.every(word => seen.text.includes(word))),
          instead: `${all.map(seen => seen.text).join('\n')}\n${hubs.map(hub => hub.said()).join('\n')}`,
        }
      })

    try {
      hubs.push(await startProcess(at, environment))
      hubs.push(await startProcess(at, environment))
      await report('armed men outside the library')
      for (const tool of tools) await shown(tool, 'AZ-0001')
      const card = await shown('discord', 'AZ-0001')
      await wren.press('Claim', card.id, rooms.discord)
      await wren.write('I am calling the clerk', rooms.discord, card.id)
      const [onSlack] = await cards('slack', 'AZ-0001')
      const lines = () => peers.slack.thread(rooms.slack, onSlack?.id ?? '')
      await until('the line on Slack', async () => {
        const all = (await lines()).map(seen => seen.text)
        return { found: all.find(text => text.includes('calling the clerk')), instead: all.join('\n') }
      })

      // What a library trips over ends nobody.
      peers.slack.event(null as never)
      peers.discord.gateway.dispatch('INTERACTION_CREATE', { id: '1', type: 5, data: {}, token: 't' })
      expect(await hubs[0]?.stop()).toBe(0)
      await report('shouting at the voters')
      // Each process has numbers of its own to give.
      const second = await until('the second', async () => {
        const all = (await heron.direct()).map(seen => seen.text).join('\n')
        return { found: /Received as (AZ-0+(?!1\b)\d+)/.exec(all)?.[1], instead: all }
      })
      for (const tool of tools) await shown(tool, second)
      for (const tool of tools) await shown(tool, 'AZ-0001', 'Claimed by Wren')

      for (const tool of tools) {
        expect(await cards(tool, 'AZ-0001')).toHaveLength(1)
        expect(await cards(tool, second)).toHaveLength(1)
      }
      expect((await lines()).filter(seen => seen.text.includes('calling the clerk'))).toHaveLength(1)
      expect(Object.values(peers).flatMap(peer => peer.broken)).toEqual([])
    } finally {
      for (const hub of hubs) await hub.stop().catch(() => {})
      for (const peer of Object.values(peers)) await peer.close()
      at.leave()
    }
  }, 60_000)
})
