import { afterEach, expect, test } from 'vitest'
import { inspectSignal, signalNumbers } from '../../../bot/signal/inspect.ts'
import { type SignalPeer, type SignalPeerOptions, startSignalPeer } from '../../peers/signal/index.ts'
import { group } from './rig.ts'

let peer: SignalPeer

afterEach(async () => {
  await peer.close()
  expect(peer.broken).toEqual([])
})

const room = { address: group, name: 'Arizona' }

async function found(options: SignalPeerOptions = {}, change: Partial<{ apiUrl: string; number: string }> = {}) {
  peer = await startSignalPeer({ groups: [room], ...options })
  const probes = inspectSignal({ ...peer.settings, ...change }).probes([room])
  const said = await Promise.all(
    probes.map(async ({ name, run }) => {
      try {
        return [name, await run()] as const
      } catch (error) {
        return [name, `NOT ${(error as Error).message}`] as const
      }
    }),
  )
  return Object.fromEntries(said)
}

test('where all is well every probe says what it found', async () => {
  const said = await found()
  expect(Object.keys(said)).toEqual(['Signal: address', 'Signal: server', 'Signal: number', 'Signal: Arizona'])
  expect(Object.values(said).join('\n')).not.toContain('NOT')
  expect(said['Signal: server']).toBe('version 0.101, mode json-rpc')
})

test('the groups that the hub is in can be chosen by name', async () => {
  peer = await startSignalPeer({ groups: [room, { address: 'group.QVo=', name: 'Left' }] })
  const left = peer.world.groups.get('group.QVo=')
  if (left) left.hub = false
  expect(await inspectSignal(peer.settings).rooms()).toEqual([room])
  expect(await signalNumbers(peer.settings.apiUrl)).toEqual([peer.settings.number])
})

test('a server that is slow, too old, or of no known mode says what to do', async () => {
  expect((await found({ mode: 'normal' }))['Signal: server']).toContain('MODE=json-rpc is faster')
  await peer.close()
  expect((await found({ version: '0.64' }))['Signal: server']).toContain('NOT Version 0.64 is too old')
  await peer.close()
  peer = await startSignalPeer({})
  peer.faults.next('/v1/about', { type: 'status', status: 200, body: { mode: 'json-rpc-native', version: '0.99' } })
  const probe = inspectSignal(peer.settings)
    .probes([])
    .find(one => one.name === 'Signal: server')
  await expect(probe?.run()).rejects.toThrow('MODE=json-rpc')
})

test('a number that is not registered there names those that are', async () => {
  const said = await found({}, { number: '+15550009999' })
  expect(said['Signal: number']).toContain('NOT signal-cli-rest-api does not know +15550009999. It knows +15550000001.')
})

test('a group that the hub is not in says how to add it', async () => {
  peer = await startSignalPeer({})
  const probe = inspectSignal(peer.settings).probes([room]).at(-1)
  await expect(probe?.run()).rejects.toThrow('The hub is not in the group Arizona. Add its number')
})

test('an address that nobody answers at, and one that everybody can reach, say so', async () => {
  peer = await startSignalPeer({})
  await peer.api.down()
  await expect(signalNumbers(peer.settings.apiUrl)).rejects.toThrow('Is signal-cli-rest-api running?')
  const address = (apiUrl: string) => inspectSignal({ apiUrl, number: '+15550000001' }).probes([])[0]?.run()
  expect(() => address('http://signal.example.org:8080')).toThrow('has no log-in')
  expect(() => address('http://203.0.113.7:8080')).toThrow('has no log-in')
  for (const near of ['http://10.1.2.3:8080', 'http://signal:8080', 'http://[fd00::1]:8080', 'http://172.20.0.2']) {
    expect(address(near)).toContain('private network')
  }
  expect(address('http://[::1]:8080')).toContain('this machine only')
})
