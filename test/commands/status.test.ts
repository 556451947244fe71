import { describe, expect, it } from 'vitest'
import type { Health } from '../../workflows/health.ts'
import { crane, finch, heron } from '../workflows/specification.ts'
import { GiB, hour, hub, lane, minute, noon, pulse, waiting } from '../workflows/wellbeing.ts'
import { desk } from './desk.ts'

const slack = { platform: 'slack', state: 'up', since: noon - hour, problem: null } as const
const tool = { ...slack, heardAt: noon - 3 * minute, sentAt: noon - minute }
const ill = hub({
  tools: [tool],
  disks: [{ folder: 'database', freeBytes: 0.2 * GiB }],
  queues: { posts: lane('talk', waiting(12, 20 * minute)), timers: waiting(2, 5 * minute) },
  processes: [pulse(), pulse({ id: 'two', version: '1.1.0', startedMs: minute })],
})

async function told(actor: typeof finch, health: Health, words = 'status'): Promise<string> {
  const connections = health.tools.map(({ heardAt: _, sentAt: __, ...state }) => state)
  return (await desk([], { connections, health }).types(actor, 'hub', { words })).text
}

describe('/hub status for coordinators', () => {
  it('says that all is well, with the figures', async () => {
    const text = await told(crane, hub({ tools: [tool] }))
    expect(text).toContain('All is well.')
    expect(text).not.toContain('Not as it should be')
    expect(text.split('\n').slice(-9)).toEqual([
      expect.stringMatching(/^Last heard from .*, last written to .*\.$/),
      'Going out: nothing waits.',
      'Coming in: nothing waits.',
      'Clocks: none is late.',
      'Disk: 12 GB free. Database: 43 MB.',
      expect.stringMatching(/^Last backup: /),
      'Running: 1 part, version 1.0.0, 200 MB of memory.',
      expect.stringMatching(/^Outside watcher: answered /),
      'Life in danger now? Call 911. This hub is not an emergency service.',
    ])
  })

  it('does not count what comes in at that moment, which is the question itself', async () => {
    const text = (age: number) => told(crane, hub({ tools: [tool], queues: { inbox: waiting(1, age) } }))
    expect(await text(1000)).toContain('Coming in: nothing waits.')
    expect(await text(minute)).toContain('Coming in: 1, waiting since')
  })

  it('says what is wrong and what to do before all else', async () => {
    const lines = (await told(crane, ill)).split('\n')
    expect(lines[1]).toBe('Not as it should be:')
    expect(lines[2]).toMatch(/^Clocks: 2 should have rung .*\/incidents$/)
    expect(lines[3]).toBe('The disk has 205 MB left. Free space now, or the hub will stop taking reports.')
    expect(lines[4]).toMatch(/^Messages: 12 wait to be sent/)
    expect(lines.join('\n')).toMatch(
      /^Going out: 12, the oldest since .*\nComing in: nothing waits\.\nClocks: 2 late\.$/m,
    )
    expect(lines).toContain('Running: 2 parts, version 1.0.0, 1.1.0, 400 MB of memory.')
  })

  it('says so when a tool is the only thing that is wrong, and no more than that', async () => {
    const text = await told(crane, hub({ tools: [{ ...tool, state: 'down', sentAt: null }] }))
    expect(text).not.toContain('All is well.')
    expect(text).not.toContain('Not as it should be')
    expect(text).toMatch(/^Slack: not connected since .*\nLast heard from .*; nothing written since the start\.$/m)
  })

  it('says that nothing can be read, or saved, as far as it can be told', async () => {
    const broken = await told(crane, { ...hub(), database: null })
    expect(broken).toContain('The database does not answer.')
    expect(await told(crane, hub({ committedMs: 61_000 }))).toContain('Nothing can be saved: reports are refused.')
  })

  it('asks for an outside watcher where there is none', async () => {
    expect(await told(crane, hub({ watcher: null }))).toContain('Set HEARTBEAT_URL')
  })
})

describe('/hub status for everybody else', () => {
  it.each([heron, finch])('says only whether the hub is well and which tools are reached', async who => {
    const well = await told(who, hub({ tools: [tool] }))
    expect(well).toContain('All is well.')
    expect(well).toContain('Slack: connected since')
    const text = await told(who, ill)
    expect(text).toContain('Something is wrong with the hub, and coordinators are told. Urgent? Call them.')
    expect(`${well}${text}`).not.toMatch(/Disk|Running|Last heard|backup|Going out/)
  })
})
