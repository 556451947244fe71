import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Ground, ground } from '../house.ts'
import { startProcess } from '../process.ts'

const network = `
network: { name: Example, zone: America/Phoenix, languages: [en, es] }
regions:
  - { code: AZ, name: Arizona, zone: America/Phoenix, places: [{ state: AZ }], rooms: [{ discord: "100" }] }
  - { code: US, name: Elsewhere, places: [{ anywhere: true }], rooms: [{ slack: C0NATION }] }
coordination: { rooms: [{ slack: C0COORD }, { discord: "200" }] }
leadership: { rooms: [{ slack: C0LEAD }] }
people:
  - { name: Ann, callsign: Heron, roles: [coordinator], regions: [all], languages: [en], accounts: { slack: U0HERON } }
`

let at: Ground
let networkFile: string
beforeEach(() => {
  at = ground()
  networkFile = join(at.folder, 'network.yaml')
  writeFileSync(networkFile, network)
})
afterEach(() => at.leave())

/** An address where nobody listens. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return `http://127.0.0.1:${port}`
}

describe('a hub whose chat tools are down', () => {
  test('starts all the same, says so, has no practice workspace, and stops when it is told to', async () => {
    const down = await nowhere()
    const hub = await startProcess(at, {
      NETWORK_FILE: networkFile,
      DATABASE_URL: at.url,
      PRACTICE_DATABASE_URL: `file:${join(at.folder, 'practice.db')}`,
      SLACK_BOT_TOKEN: 'xoxb-secret',
      SLACK_APP_TOKEN: 'xapp-secret',
      SLACK_API_URL: `${down}/api/`,
      DISCORD_TOKEN: 'a.secret.c',
      DISCORD_API_URL: `${down}/api`,
      SIGNAL_API_URL: down,
      SIGNAL_NUMBER: '+12025550123',
    })
    expect(hub.logged()).toContain('Trust Hub is ready for Slack, Discord, Signal.')
    const ready = await fetch(`${hub.url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.text()).toMatch(/^ready\nslack: down since .*\ndiscord: down since .*\nsignal: down since /)
    expect((await fetch(`${hub.url}/`)).status).toBe(404)
    expect(await hub.stop()).toBe(0)
    expect(hub.logged() + hub.said()).not.toContain('secret')
  })
})

describe('a hub does not start', () => {
  const refused = (environment: Record<string, string>) => expect(startProcess(at, environment)).rejects

  test('with half a set of variables, and says what is missing', async () => {
    await refused({ NETWORK_FILE: networkFile, SLACK_BOT_TOKEN: 'xoxb-1' }).toThrow(/SLACK_APP_TOKEN is missing/)
  })

  test('for real people with the network of the sample', async () => {
    await refused({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: await nowhere() }).toThrow(
      /NETWORK_FILE is missing.*setup/,
    )
  })
})

test('the demo day is played into no database of real people', async () => {
  const env = { PATH: process.env.PATH ?? '', DISCORD_TOKEN: 'a.b.c', DATABASE_URL: at.url, NETWORK_FILE: networkFile }
  const demo = spawn(process.execPath, ['bot/cli.ts', 'demo'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const [said, [code]] = await Promise.all([text(demo.stderr), once(demo, 'exit')])
  expect(code).toBe(1)
  expect(said).toMatch(/for practising, and this hub is connected to Discord/)
  expect(existsSync(at.url.slice('file:'.length))).toBe(false)
})
