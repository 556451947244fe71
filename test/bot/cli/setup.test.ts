import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadNetwork } from '../../../bot/config.ts'
import { startSignalPeer } from '../../peers/signal/index.ts'
import { converse } from './dialogue.ts'

type Peer = Awaited<ReturnType<typeof startSignalPeer>>

let folder: string
let signal: Peer
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-setup-'))
  signal = await startSignalPeer({
    groups: [
      { address: 'group.YXo=', name: 'Arizona team' },
      { address: 'group.Y29vcmQ=', name: 'Coordination' },
    ],
  })
})
afterEach(async () => {
  await signal.close()
  rmSync(folder, { recursive: true, force: true })
})

type Dialogue = ReturnType<typeof converse>

async function aboutTheNetwork({ answer }: Dialogue): Promise<void> {
  await answer('What is your network called?', 'Desert network')
  await answer('In which time zone', 'Arizona')
  await answer('That is no time zone', 'America/Phoenix')
  await answer('read Spanish', 'maybe')
  await answer('Type yes or no', 'yes')
  await answer('Its state', 'Texarkana')
  await answer('That is no state', 'AZ')
  await answer('The time zone of Arizona?', '')
}

test('from nothing to a network on Signal, with every slip mended on the spot', async () => {
  const talk = converse(['setup'], folder)
  await aboutTheNetwork(talk)
  await talk.answer('Another state', '')
  await talk.answer('sit in Slack?', 'no')
  await talk.answer('sit in Discord?', 'no')
  await talk.answer('sit in Signal?', 'yes')
  await talk.answer('Where does it answer?', 'signal')
  await talk.answer('That is no address', 'http://127.0.0.1:9')
  await talk.answer('Nothing that works answers at http://127.0.0.1:9', signal.settings.apiUrl)
  const numbers = await talk.answer('Which number is the hub?', '')
  expect(numbers).toContain('1  +15550000001')
  const rooms = await talk.answer('Which?', '3')
  expect(rooms).toContain('Signal: number')
  expect(rooms).toMatch(/Arizona stand, in Signal:\n {2}1 {2}Arizona team\n {2}2 {2}Coordination/)
  await talk.answer('Type numbers from 1 to 2', '1')
  const elsewhere = await talk.answer('Which?', '')
  expect(elsewhere).toMatch(/Everywhere else stand \(none: Arizona takes them\), in Signal:\n {2}1 {2}Coordination\n/)
  await talk.answer('Where coordinators sit', 'none')
  await talk.answer('At least one room is needed', '1')
  const summary = await talk.answer('Which?', 'again')
  expect(summary).toContain('Where the daily summary goes (none: to the coordinators), in Signal')
  await talk.answer('in no other room there yet', 'none')
  await talk.answer('May strangers report?', '')
  const { code, shown } = await talk.end()
  expect(shown).toContain('npm start')
  expect(code).toBe(0)

  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
  const env = readFileSync(join(folder, '.env'), 'utf8')
  expect(env).toBe(`SIGNAL_API_URL=${signal.settings.apiUrl}\nSIGNAL_NUMBER=+15550000001\nNETWORK_FILE=network.yaml\n`)
  const network = loadNetwork(join(folder, 'network.yaml'))
  expect(network).toMatchObject({ name: 'Desert network', zone: 'America/Phoenix', languages: ['en', 'es'] })
  const az = { code: 'AZ', places: [{ type: 'state', state: 'AZ' }, { type: 'anywhere' }] }
  expect(network.regions).toMatchObject([az])
  expect(network.coordination).toMatchObject([{ address: 'group.Y29vcmQ=' }])
  expect(network.regions[0]?.rooms[0]).toMatchObject({ platform: 'signal', name: 'Arizona team', red: true })
  expect(existsSync(join(folder, 'data/setup.json'))).toBe(false)
  expect(signal.broken).toEqual([])
})

test('left in the middle, it goes on where it was; what was answered lies where only its owner reads', async () => {
  const first = converse(['setup'], folder)
  await aboutTheNetwork(first)
  await first.answer('Another state', 'GA')
  await first.asked('The time zone of Georgia?')
  first.leave()
  const left = await first.end()
  expect(left.code).toBe(1)
  expect(left.shown).toContain('your answers are kept')
  expect(statSync(join(folder, 'data/setup.json')).mode & 0o777).toBe(0o600)

  const second = converse(['setup'], folder)
  const said = await second.answer('Go on from there?', '')
  expect(said).toContain('Settled before: Your network.')
  // Arizona was settled too, so another is asked for.
  await second.answer('Another state', 'AZ')
  await second.answer('AZ is a region already', 'done')
  await second.asked('sit in Slack?')
  second.leave()
  await second.end()
  expect(JSON.parse(readFileSync(join(folder, 'data/setup.json'), 'utf8')).regions).toHaveLength(2)
})

test('without any chat tool there is nothing to set up, and it says what there is instead', async () => {
  const talk = converse(['setup'], folder)
  await aboutTheNetwork(talk)
  await talk.answer('Another state', '')
  for (const tool of ['Slack', 'Discord', 'Signal']) await talk.answer(`sit in ${tool}?`, 'no')
  const { code, shown } = await talk.end()
  expect(shown).toContain('npm start runs the practice workspace')
  expect(code).toBe(1)
  expect(existsSync(join(folder, '.env'))).toBe(false)
})
