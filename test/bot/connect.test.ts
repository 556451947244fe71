import { expect, test } from 'vitest'
import { connect } from '../../bot/connect.ts'
import { createLog } from '../../bot/log.ts'
import { commands } from '../../commands/index.ts'

const common = { commands, clock: Date.now, log: createLog('silent') }

test('each chat tool that is set up is made once, and nothing is opened by that', async () => {
  const slack = { botToken: 'xoxb-1', appToken: 'xapp-1', signingSecret: null, port: 0, apiUrl: 'http://127.0.0.1:9' }
  const discord = { token: 'token', apiUrl: 'http://127.0.0.1:9' }
  const signal = { apiUrl: 'http://127.0.0.1:9', number: '+15550000001' }
  const made = await connect({ slack, discord, signal }, common)
  expect(made?.map(platform => platform.name)).toEqual(['slack', 'discord', 'signal'])
  expect(await connect({ slack: null, discord: null, signal: null }, common)).toBeNull()
})
