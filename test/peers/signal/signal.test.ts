import axios from 'axios'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { needs, specs } from '../../need.ts'
import { type SignalPeer, startSignalPeer } from './index.ts'
import { shownOf } from './styled.ts'

const group = 'group.QVo='
const heron = 'e1c0de00-0000-4000-8000-000000000001'
let peer: SignalPeer

beforeEach(async () => {
  peer = await startSignalPeer({ groups: [{ address: group, name: 'Arizona' }], people: [{ account: heron }] })
})
afterEach(() => peer.close())

function ask(method: string, path: string, data?: object) {
  return axios.request({ method, url: peer.url + path, validateStatus: () => true, ...(data ? { data } : {}) })
}

async function send(more: object = {}): Promise<number> {
  const letter = { number: peer.settings.number, recipients: [group], message: 'hello', ...more }
  const { data } = await ask('POST', '/v2/send', letter)
  return Number(data[0]?.timestamp)
}

needs(specs()).describe('the official description of Signal’s API', () => {
  test.each([
    ['a field that it does not know', { text: 'x' }, 'additional properties'],
    ['a time in quotes', { quote_timestamp: '1700' }, 'must be integer'],
    ['no message', { message: undefined }, 'required property'],
    ['a mode that there is not', { text_mode: 'bold' }, 'allowed values'],
  ])('is broken by %s', async (_, more, rule) => {
    await send(more)
    expect(peer.broken.join()).toContain(rule)
  })

  test('knows no such path and no such query', async () => {
    await ask('GET', '/v1/rooms')
    await ask('GET', '/v1/about?deep=true')
    expect(peer.broken.join()).toContain('/v1/rooms is no request')
    expect(peer.broken.join()).toContain('there is no query deep')
  })
})

describe('a rule of Signal is broken by', () => {
  test('an edit too many, and one of a later version', async () => {
    const at = await send()
    for (let edits = 0; edits < 10; edits++) await send({ edit_timestamp: at })
    expect(peer.broken).toEqual([])
    const later = await send({ edit_timestamp: at })
    await send({ edit_timestamp: later })
    expect(peer.broken).toEqual([
      'an edit too many, or after a day',
      'an edit that does not name the first version of an own message there',
    ])
  })

  test('two messages at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => send()))
    expect(new Set(peer.broken)).toEqual(new Set(['two sends at once']))
  })

  test('a quote of what does not stand there, and a message too long', async () => {
    await send({ quote_timestamp: 1, quote_author: heron, quote_message: 'x' })
    await send({ message: 'x'.repeat(2001) })
    expect(peer.broken).toHaveLength(2)
  })

  test('a client that writes to the socket: over 512 bytes end it', async () => {
    const socket = new WebSocket(`${peer.url.replace('http', 'ws')}/v1/receive/${peer.settings.number}`)
    const ended = new Promise<number>(resolve => socket.on('close', resolve))
    socket.on('open', () => socket.send('x'.repeat(600)))
    expect(await ended).toBe(1009)
    expect(peer.broken).toEqual(['a frame of over 512 bytes'])
  })
})

test('phones show styled text without its marks', () => {
  expect(shownOf('**S4** *a* ~b~ ||c|| `d` \\*e\\*')).toMatchObject({ text: 'S4 a b c d *e*', problem: null })
  expect(shownOf('2 * 3')).toMatchObject({ problem: expect.stringContaining('not closed') })
})
