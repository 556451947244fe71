import type { Answer, Host, Interaction, Raw } from '../../../bot/platform.ts'
import type { Room } from '../../../workflows/directory.ts'
import { rooms } from './house.ts'

/** An answer that says nothing. */
export const nothing: Answer = {
  reply: { type: 'nothing' },
  reader: { language: 'en', zone: 'UTC', now: 0, person: () => null },
}

/** A hub of which only the ears are looked at: what it was given to keep, and what it was asked. */
export function listener(answer: (interaction: Interaction) => Promise<Answer> = async () => nothing) {
  const kept: Raw[] = []
  const asked: Interaction[] = []
  const notices: string[] = []
  const memory = new Map<string, string>()
  let refusals = 0
  const bound = { address: rooms.arizona, name: 'Arizona', platform: 'slack' } as Room
  const host: Host = {
    receive: async interaction => {
      asked.push(interaction)
      return answer(interaction)
    },
    keep: async raw => {
      if (refusals-- > 0) throw new Error('the disk is full')
      if (!kept.some(one => one.key === raw.key)) kept.push(raw)
    },
    rooms: () => [bound],
    threads: async () => [],
    memory: {
      get: async key => memory.get(key) ?? null,
      set: async (key, value) => void (value === null ? memory.delete(key) : memory.set(key, value)),
    },
    receipts: { posted: async () => {}, count: async () => [], arrived: async () => false },
    suggest: async () => [],
    notice: async key => void notices.push(key),
    away: async () => {},
    spoken: async () => [],
    gone: async () => {},
    alone: async (_name, task, until) => task(until),
    single: work => work(),
    lead: async () => {},
  }
  function refuse(times: number): void {
    refusals = times
  }
  return { host, kept, asked, notices, refuse }
}
