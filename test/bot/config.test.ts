import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { isPractice, loadConfig, platformAddresses } from '../../bot/config.ts'
import { ConfigError } from '../../workflows/errors.ts'

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
const discord = { DISCORD_TOKEN: 'a.b.c' }
const signal = { SIGNAL_API_URL: 'http://127.0.0.1:8080', SIGNAL_NUMBER: '+12025550123' }

const problemOf = (environment: Record<string, string>) => {
  try {
    loadConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
  return ''
}

describe('without any chat tool', () => {
  test('it is for practising: with a database of its own, on this machine alone', () => {
    const config = loadConfig({ DATABASE_URL: 'file:elsewhere.db' })
    expect(isPractice(config)).toBe(true)
    expect(config.platforms).toEqual({ slack: null, discord: null, signal: null })
    expect(config.databaseUrl).toBe('file:data/practice.db')
    expect(loadConfig({ PRACTICE_DATABASE_URL: 'file:p.db' }).databaseUrl).toBe('file:p.db')
    expect(problemOf({ HOST: '0.0.0.0' })).toMatch(/lets everyone play every part/)
  })

  test('empty variables count as none', () => {
    expect(isPractice(loadConfig({ SLACK_BOT_TOKEN: '', DISCORD_TOKEN: ' ', SIGNAL_NUMBER: '' }))).toBe(true)
  })

  test('an address to ask instead, a port alone, sets nothing up', () => {
    const addresses = {
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      DISCORD_API_URL: 'http://127.0.0.1:2',
      SLACK_PORT: '1',
    }
    expect(isPractice(loadConfig(addresses))).toBe(true)
    expect(platformAddresses(addresses)).toEqual({ slack: 'http://127.0.0.1:1/api/', discord: 'http://127.0.0.1:2' })
  })
})

describe('with a chat tool', () => {
  test('the database of the real network is used, and never that of practice', () => {
    expect(loadConfig(discord).databaseUrl).toBe('file:data/hub.db')
    const both = { ...discord, DATABASE_URL: 'postgres://u@h/n', PRACTICE_DATABASE_URL: 'file:p.db' }
    expect(loadConfig(both).databaseUrl).toBe('postgres://u@h/n')
    expect(problemOf({ ...discord, DATABASE_URL: 'mysql://h' })).toMatch(/^DATABASE_URL: must be file:PATH or postgres/)
  })

  test('its pages may be served beyond this machine', () => {
    expect(loadConfig({ ...discord, HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
  })

  test('all three are read whole', () => {
    const environment = { ...slack, ...discord, ...signal, SLACK_API_URL: 'http://127.0.0.1:1/api/' }
    expect(loadConfig({ ...environment, SIGNAL_NUMBER: '+1 (202) 555-0123' }).platforms).toEqual({
      slack: {
        botToken: 'xoxb-1',
        appToken: 'xapp-1',
        signingSecret: null,
        port: 3000,
        apiUrl: 'http://127.0.0.1:1/api/',
      },
      discord: { token: 'a.b.c', apiUrl: null },
      signal: { apiUrl: 'http://127.0.0.1:8080', number: '+12025550123' },
    })
    const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_PORT: '3100' }
    expect(loadConfig(http).platforms.slack).toMatchObject({ appToken: null, signingSecret: 's', port: 3100 })
  })
})

describe('what watches the hub', () => {
  test('is off unless it is set', () => {
    expect(loadConfig({})).toMatchObject({ heartbeatUrl: null, metricsToken: null })
    expect(loadConfig({ HEARTBEAT_URL: '', METRICS_TOKEN: '' })).toMatchObject({ heartbeatUrl: null })
  })

  test.each(['https://hc-ping.com/5e1f', 'http://127.0.0.1:3001/api/push/x?status=up'])('is called at %s', url => {
    expect(loadConfig({ HEARTBEAT_URL: url }).heartbeatUrl).toBe(url)
  })

  test.each(['hc-ping.com/5e1f', 'ftp://example.org/x', 'file:///etc/passwd', 'yes'])('is not at %s', url => {
    expect(problemOf({ HEARTBEAT_URL: url })).toMatch(/^HEARTBEAT_URL: must be an address that begins with https/)
  })

  test('shows a token that nobody guesses', () => {
    expect(loadConfig({ METRICS_TOKEN: '0123456789abcdef' }).metricsToken).toBe('0123456789abcdef')
    expect(problemOf({ METRICS_TOKEN: 'short' })).toMatch(/^METRICS_TOKEN: must be 16 characters or more/)
    expect(problemOf({ METRICS_TOKEN: 'with a space in it' })).toMatch(/^METRICS_TOKEN/)
  })
})

describe('half a set stops the start and says what is missing and where it is', () => {
  test.each([
    [{ SLACK_APP_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN is missing: .*"OAuth & Permissions"/],
    [{ SLACK_SIGNING_SECRET: 's' }, /^SLACK_BOT_TOKEN is missing/],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN is missing: .*connections:write.*\n.*SLACK_SIGNING_SECRET/],
    [
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      /not a bot token.*\nSLACK_APP_TOKEN is not an app token/,
    ],
    [{ ...slack, SLACK_PORT: 'http' }, /^SLACK_PORT: must be a number/],
    [{ ...slack, SLACK_API_URL: 'slack' }, /^SLACK_API_URL: must be an address/],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_PORT: '8787' },
      /^SLACK_PORT and PORT are both 8787/,
    ],
    [{ DISCORD_TOKEN: 'Bot a.b.c' }, /^DISCORD_TOKEN has a space in it.*without "Bot"/],
    [{ SIGNAL_API_URL: 'http://127.0.0.1:8080' }, /^SIGNAL_NUMBER is missing/],
    [{ SIGNAL_NUMBER: '+12025550123' }, /^SIGNAL_API_URL is missing/],
    [{ ...signal, SIGNAL_NUMBER: '2025550123' }, /^SIGNAL_NUMBER: must begin with \+/],
    [{ ...signal, SIGNAL_API_URL: '127.0.0.1:8080' }, /^SIGNAL_API_URL: must be an address/],
  ])('%j', (environment, problem) => {
    expect(problemOf(environment)).toMatch(problem)
  })

  test('all problems at once, and no token among the words', () => {
    const said = problemOf({
      SLACK_BOT_TOKEN: 'xapp-secret',
      DISCORD_TOKEN: 'Bot secret',
      SIGNAL_NUMBER: '+12025550123',
    })
    expect(
      said
        .split('\n')
        .map(line => line.split(/[ :]/)[0])
        .filter(Boolean),
    ).toEqual(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DISCORD_TOKEN', 'SIGNAL_API_URL'])
    expect(said).not.toContain('secret')
  })
})

describe('a .env file in the working folder', () => {
  let folder = ''
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is read, and gives way to what is set', () => {
    folder = mkdtempSync(join(tmpdir(), 'hub-env-'))
    writeFileSync(join(folder, '.env'), 'DISCORD_TOKEN="a.b.c"\nPORT=9000\nLOG_LEVEL=debug\n')
    const old = process.cwd()
    process.chdir(folder)
    vi.stubEnv('PORT', '9001')
    try {
      const config = loadConfig()
      expect(config.platforms.discord?.token).toBe('a.b.c')
      expect([config.port, config.logLevel]).toEqual([9001, 'debug'])
      expect(process.env.DISCORD_TOKEN).toBeUndefined()
    } finally {
      process.chdir(old)
    }
  })
})
