import { Routes } from 'discord.js'
import type { Command } from '../../commands/command.ts'
import type { Memory } from '../platform.ts'
import { digestOf, directCommands, type Registered, serverCommands } from './register.ts'
import type { Rest } from './rest.ts'

/** Tells Discord what can be typed, only where that has changed. Rejects with what discord.js throws. */
export type Enlist = {
  /** `joined`: when the bot came to that server; a bot that was sent away and came back must tell all again. */
  server(application: string, guild: string, joined?: string): Promise<void>
  direct(application: string): Promise<void>
}

/** Makes what registers commands: for each server, where they appear at once, and for direct conversations. */
export function createEnlist(rest: Rest, memory: Memory, commands: readonly Command[]): Enlist {
  const inServers = serverCommands(commands)
  const inDirect = directCommands(commands)

  const telling = new Map<string, Promise<void>>()

  /** One at a time for each place: a server is told of twice when it is joined. */
  function once(key: string, route: `/${string}`, body: readonly Registered[], joined = ''): Promise<void> {
    const now = (telling.get(key) ?? Promise.resolve()).catch(() => {}).then(() => tell(key, route, body, joined))
    telling.set(key, now)
    return now
  }

  async function tell(key: string, route: `/${string}`, body: readonly Registered[], joined: string): Promise<void> {
    const digest = digestOf(body)
    const [told, since = ''] = (await memory.get(key))?.split(' ') ?? []
    const same = told === digest && (joined === '' || since === '' || since === joined)
    if (same && (joined === '' || since === joined)) return
    if (!same) await rest.put(route, { body })
    await memory.set(key, `${digest} ${joined}`)
  }

  return {
    server: (application, guild, joined) =>
      once(`commands:${application}:${guild}`, Routes.applicationGuildCommands(application, guild), inServers, joined),
    direct: application => once(`commands:${application}`, Routes.applicationCommands(application), inDirect),
  }
}
