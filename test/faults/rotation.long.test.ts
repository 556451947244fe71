import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { loadHubKeys } from '../../db/keyfile.ts'
import { sealId } from '../../db/seal.ts'
import { type Ground, ground, openHouse } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import { formIn, type HubProcess, startProcess } from '../process.ts'

// Nobody is asked for patience who says that somebody is hurt.
const seen = { where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }

/** Real processes, on whose database a key is rotated and killed again and again while reports come in. */
async function story(at: Ground, hubs: readonly HubProcess[]): Promise<void> {
  const file = join(at.folder, 'hub.key')
  const idsInFile = () => loadHubKeys({ file, mayCreate: false }).map(sealId)
  const [old] = idsInFile()
  const received = new Map<string, string>()
  let over = false
  const reporters = [0, 1, 2, 3].map(async reporter => {
    for (let turn = 0; !over; turn++) {
      const what = `reporter ${reporter} turn ${turn}`
      const hub = hubs[reporter % hubs.length] as HubProcess
      const answer = await hub.submit('heron', formIn(await hub.say('heron', '/report')), { ...seen, what })
      const id = /Received as (AZ-\d+)/.exec(answer ?? '')?.[1]
      expect(id, answer ?? 'no answer').toBeDefined()
      received.set(what, id ?? '')
    }
  })
  for (const ms of [600, 900, 1_300, 1_700, 2_200, 2_800]) expect(await rotate(at, ms)).toMatchObject({ code: null })
  const whole = await rotate(at, 120_000)
  over = true
  await Promise.all(reporters)
  expect(whole.out).toMatch(/Done\. Everything lies under the key [0-9a-f]{8}\./)
  expect(whole).toMatchObject({ code: 0, err: '' })
  expect(idsInFile()).toHaveLength(1)
  expect(idsInFile()).not.toEqual([old])

  for (const hub of hubs) expect(await hub.stop()).toBe(0)
  const house = await openHouse(at, Date.now() + 60_000)
  try {
    for (const [what, id] of received) expect((await house.store.incidents.find(id as never))?.words.what).toBe(what)
    expect(new Set(received.values()).size).toBe(received.size)
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
  } finally {
    await house.close()
  }
}

async function rotate(at: Ground, killAfterMs: number) {
  const child = spawn(process.execPath, ['bot/cli.ts', 'key', 'rotate'], {
    env: { PRACTICE_DATABASE_URL: at.url, HUB_KEY_FILE: join(at.folder, 'hub.key'), PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', chunk => {
    said.out += chunk
  })
  child.stderr.on('data', chunk => {
    said.err += chunk
  })
  const ended = new AbortController()
  // A power cut at a moment that nobody chose: only real time has such moments.
  pause(killAfterMs, null, { signal: ended.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  )
  const [code] = (await once(child, 'close')) as [number | null]
  ended.abort()
  return { code, ...said }
}

test('a key that is rotated and killed again and again, while a hub takes reports, loses nothing', async () => {
  const at = ground()
  try {
    await story(at, [await startProcess(at)])
  } finally {
    at.leave()
  }
}, 300_000)

needs(postgresNeed()).describe('on a server', () => {
  const server = usePostgres()
  test('the same with two hubs', async () => {
    const at = ground(await server().fresh())
    try {
      await story(at, [await startProcess(at), await startProcess(at)])
    } finally {
      at.leave()
    }
  }, 300_000)
})
