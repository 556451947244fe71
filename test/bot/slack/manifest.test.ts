import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEvent } from '../../../bot/slack/heard.ts'
import { slackManifest } from '../../../bot/slack/manifest.ts'
import { botScopes, events, methods } from '../../../bot/slack/method.ts'
import { renamed } from '../../../bot/slack/names.ts'
import { commands } from '../../../commands/index.ts'

const folder = join(import.meta.dirname, '../../../bot/slack')
const code = readdirSync(folder)
  .filter(name => name !== 'method.ts')
  .map(name => readFileSync(join(folder, name), 'utf8'))
  .join('\n')

describe('the manifest of the Slack app', () => {
  test('names the methods that are called, and no other', () => {
    const called = new Set(
      [...code.matchAll(/'((?:auth|chat|conversations|files|usergroups|users|views)\.[a-zA-Z]+)'/g)].map(one => one[1]),
    )
    expect([...called].sort()).toEqual(Object.keys(methods).sort())
  })

  test('asks for the scopes that methods and events need, and no other', () => {
    const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
    expect(manifest.oauth_config.scopes.bot).toEqual(botScopes())
    expect(manifest.oauth_config.scopes.bot).toEqual([
      ...[
        'channels:history',
        'channels:read',
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'groups:history',
        'groups:read',
      ],
      ...['im:history', 'im:write', 'metadata.message:read', 'usergroups:read', 'users:read'],
    ])
  })

  test('listens to every event that is understood, and to no other', () => {
    const samples = Object.keys(events).map(name => {
      const type = name.replace(/\.(channels|groups|im)$/, '')
      return { type, user: 'U1', tab: 'home', ts: '1.2', text: 'hello', channel: 'C1' }
    })
    expect(samples.map(event => readEvent(event)?.type ?? event.type)).toEqual([
      'home',
      'message',
      'message',
      'message',
      'groups',
      'groups',
      'lost',
      'lost',
      'lost',
      'lost',
      'lost',
      'lost',
    ])
    const understood = [...code.matchAll(/case '([a-z]+_[a-z_]+)':/g)].map(one => one[1] as string)
    expect(Object.keys(events)).toEqual(expect.arrayContaining(understood))
  })

  test('names every command once, none that Slack keeps for itself, and opens prefilled', () => {
    const { manifest, json, link } = slackManifest({ commands, socket: true, publicUrl: null })
    const names = manifest.features.slash_commands.map(one => one.command)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('/report')
    expect(names.filter(name => name.startsWith('/hub-'))).toEqual(renamed.map(name => `/hub-${name}`))
    expect(names).toContain('/hub-join')
    expect(names).not.toContain('/join')
    expect(names.length).toBeLessThanOrEqual(50)
    expect(JSON.parse(json)).toEqual(manifest)
    expect(JSON.parse(new URL(link).searchParams.get('manifest_json') ?? '')).toEqual(manifest)
  })

  test('tells Slack where the hub is, if it opens no socket', () => {
    const { manifest } = slackManifest({ commands, socket: false, publicUrl: 'https://hub.example.org' })
    const url = 'https://hub.example.org/slack/events'
    expect(manifest.settings.interactivity).toEqual({
      is_enabled: true,
      request_url: url,
      message_menu_options_url: url,
    })
    expect(manifest.features.slash_commands.every(one => one.url === url)).toBe(true)
    expect(manifest.settings.event_subscriptions.request_url).toBe(url)
  })
})
