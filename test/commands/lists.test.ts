import { describe, expect, it } from 'vitest'
import type { Entry } from '../../workflows/event.ts'
import type { Incident } from '../../workflows/incident.ts'
import {
  by,
  claimed,
  crane,
  eagle,
  finch,
  heron,
  incidentAfter,
  owl,
  reported,
  robin,
  at as time,
  wren,
} from '../workflows/specification.ts'
import { desk, idOf, refusedWith } from './desk.ts'

const many = Array.from({ length: 23 }, (_, index) => {
  const severity = ((index % 4) + 2) as Incident['severity']
  return { ...incidentAfter(reported({ severity })), id: idOf(index + 1), reportedAt: time(-index) }
})
const inNevada = { ...incidentAfter(reported({ region: 'NV' })), id: 'NV-0001' as Incident['id'] }
const taken = { ...incidentAfter(reported(), claimed()), id: idOf(50) }
const done = {
  ...incidentAfter(reported(), claimed(), by(finch, 8, { type: 'resolved', outcome: 'calmed', undoUntil: time(9) })),
  id: idOf(51),
}
const secret = {
  ...incidentAfter(reported({ visibility: 'restricted', allowed: [crane.id], mark: 'RED' })),
  id: idOf(52),
}

function ids({ text }: { text: string }): string[] {
  return [...text.matchAll(/(?:AZ|NV)-\d{4}/g)].map(found => found[0])
}

describe('/incidents', () => {
  it('lists ten open ones of the person’s regions, most urgent first, each with a button that opens it', async () => {
    const { reply, text } = await desk([...many, inNevada, done]).types(finch, 'incidents')
    if (reply.type !== 'view') throw new Error('no list')
    expect(text).toContain('23 incidents')
    expect(reply.view.lines).toHaveLength(11)
    expect(text).toContain('Shown: open.')
    expect(text.split('\n')[2]).toMatch(
      /^S5 CRITICAL · AZ-\d{4} · .* · Maricopa County, Arizona · nobody is on it, since/,
    )
    for (const line of reply.view.lines.slice(1)) {
      expect(line.type === 'item' && line.button?.id).toMatch(/^more:AZ-\d{4}$/)
    }
  })

  it('goes on page by page, keeping the filter', async () => {
    const at = desk(many)
    const first = await at.types(finch, 'incidents', { words: 'AZ unclaimed' })
    expect(first.buttons).toEqual(['incidents::10~AZ+unclaimed'])
    const second = await at.presses(finch, 'incidents', { assumed: '10~AZ+unclaimed' })
    const third = await at.presses(finch, 'incidents', { assumed: '20~AZ+unclaimed' })
    const seen = [first, second, third].flatMap(ids)
    expect(seen).toHaveLength(23)
    expect(new Set(seen).size).toBe(23)
    expect(third.buttons).toEqual([])
  })

  it.each([
    ['s4', ['AZ-0050']],
    ['claimed', ['AZ-0050']],
    ['tomados AZ', ['AZ-0050']],
    ['resolved', ['AZ-0051']],
    ['all', ['AZ-0050', 'AZ-0051']],
    ['todos, s4', ['AZ-0050', 'AZ-0051']],
    ['ar-1 claimed', ['AZ-0050']],
    ['s1', []],
    ['sin tomar', []],
  ])('filters by "%s"', async (words, expected) => {
    expect(ids(await desk([taken, done, inNevada]).types(finch, 'incidents', { words }))).toEqual(expected)
  })

  it('says whose another region is', async () => {
    const at = desk([taken])
    expect((await at.types(finch, 'incidents', { words: 'nv' })).text).toContain('are with the Nevada team')
    expect(ids(await desk([inNevada]).types(owl, 'incidents', { words: 'nv' }))).toEqual(['NV-0001'])
  })

  it('says that a call sign alone was read as whoever has it, and how to search for the word', async () => {
    for (const incidents of [[taken], [done]]) {
      const { text } = await desk(incidents).types(owl, 'incidents', { words: 'Finch' })
      expect(text).toMatch(/open, with Finch/i)
      expect(text).toContain('To search for the word, write it in quotes: “Finch”.')
    }
    expect((await desk([taken]).types(owl, 'incidents', { words: 'by Finch' })).text).not.toContain('in quotes')
  })

  it('never shows a restricted one to who is not named', async () => {
    expect(ids(await desk([secret]).types(finch, 'incidents'))).toEqual([])
    expect(ids(await desk([secret]).types(crane, 'incidents'))).toEqual(['AZ-0052'])
  })

  it('is for response teams and leaders', async () => {
    expect(refusedWith(await desk().types(heron, 'incidents'))).toBe('refusal.read')
    expect((await desk().types(eagle, 'incidents')).text).toContain('Nothing fits')
  })

  it('says how it was read, and what to change where nothing fits, each a press away', async () => {
    const at = desk([taken, done])
    const found = await at.types(finch, 'incidents', { words: 'rifles "library" AZ s4 by finch' })
    expect(ids(found)).toEqual(['AZ-0050'])
    expect(found.text).toContain('Shown: open, S4, Arizona, with Finch, words: rifles library.')
    const none = await at.types(finch, 'incidents', { words: 'bicycles s4' })
    expect(none.text).toContain('Nothing fits\nLooked for: open, S4, words: bicycles.')
    expect(none.text).toMatch(/ended ones too[\s\S]*All words must fit[\s\S]*leave out the severity[\s\S]*RED/)
    expect(none.buttons).toEqual(['incidents::~bicycles+s4+all', 'incidents::~bicycles', 'incidents::~s4'])
    expect(ids(await at.presses(finch, 'incidents', { assumed: '~s4' }))).toEqual(['AZ-0050'])
  })

  it('goes on by a typed page where a button cannot hold what was asked', async () => {
    const at = desk(many)
    const words = `rifles "${'library '.repeat(12).trim()}"`
    const first = await at.types(finch, 'incidents', { words })
    expect(first.buttons).toEqual([])
    expect(first.text).toContain('type it again and add: page 2')
    const pages = [first, await at.types(finch, 'incidents', { words: `${words} page 2` })]
    pages.push(await at.types(finch, 'incidents', { words: `${words} page 3` }))
    expect(new Set(pages.flatMap(ids)).size).toBe(23)
  })

  it('shows no more of a RED one than the tool may carry', async () => {
    const red = { ...incidentAfter(reported({ mark: 'RED' }), claimed()), id: idOf(70) }
    const slack = await desk([red]).types({ ...finch, platform: 'slack' }, 'incidents')
    expect(slack.text).toMatch(/S4 HIGH · AZ-0070 · .* · Maricopa County, Arizona · RED$/m)
    expect(slack.text).not.toContain('Finch')
    expect((await desk([red]).types(finch, 'incidents')).text).toContain('Finch until')
  })
})

describe('/mine', () => {
  const later = { ...taken, id: idOf(60), claim: { by: finch.id, since: time(5), until: time(90) } }
  const offered = { ...taken, id: idOf(61), handover: { to: wren.id, until: time(20) } }
  const expired = { ...taken, id: idOf(62), handover: { to: wren.id, until: time(9) } }

  it('shows claims by the end of their lease', async () => {
    const heard = await desk([later, taken]).types(finch, 'mine')
    expect(ids(heard)).toEqual(['AZ-0050', 'AZ-0060'])
    expect(heard.text).toContain('You are on it')
  })

  it('shows what was offered and can still be accepted', async () => {
    const heard = await desk([offered, expired]).types(wren, 'mine')
    expect(heard.text).toContain('Offered to you')
    expect(ids(heard)).toEqual(['AZ-0061'])
  })

  it('shows a reporter their own', async () => {
    const heard = await desk([taken, inNevada]).types(heron, 'mine')
    expect(heard.text).toContain('You reported')
    expect(ids(heard)).toEqual(['AZ-0050', 'NV-0001'])
  })

  it('shows nine at most, what presses first, and says how many more there are', async () => {
    const claims = Array.from({ length: 12 }, (_, index) => ({ ...taken, id: idOf(100 + index) }))
    const heard = await desk([...claims, { ...offered, handover: { to: finch.id, until: time(20) } }]).types(
      finch,
      'mine',
    )
    expect(ids({ text: heard.text.split('\n').slice(0, -1).join('\n') })).toHaveLength(9)
    expect(ids(heard)[0]).toBe('AZ-0061')
    expect(heard.text).toMatch(/5 more do not fit here\./)
  })

  it('shows coordinators and leaders what nobody has in their regions', async () => {
    const free = { ...incidentAfter(reported()), id: idOf(70) }
    for (const actor of [crane, eagle]) {
      expect((await desk([free]).types(actor, 'mine')).text).toContain('Nobody is on it\n')
    }
    expect((await desk([inNevada]).types(crane, 'mine')).text).toContain('Nothing waits for you.')
    expect((await desk([free]).types(robin, 'mine')).text).toContain('Nothing waits for you.')
  })
})

describe('/incident and More', () => {
  const about = incidentAfter(reported(), claimed())
  const timeline: Entry[] = [
    { seq: 1, at: time(0), by: heron.id, event: incidentEvent(), words: { what: 'x', where: 'y' } },
    { seq: 2, at: time(5), by: finch.id, event: { type: 'claimed', until: time(35) }, words: null },
    { seq: 3, at: time(6), by: heron.id, event: { type: 'detailed', details: {} }, words: { safeContact: '555 0123' } },
    {
      seq: 4,
      at: time(7),
      by: finch.id,
      event: { type: 'updated' },
      words: { text: 'the sheriff is a friend of his' },
    },
    { seq: 5, at: time(8), by: heron.id, event: { type: 'said', room: null }, words: { text: 'call 602-555-0123' } },
  ]
  const at = desk([about], { timeline })

  it.each(['incident', 'more'])('%s shows the whole words and the end of the timeline', async name => {
    const heard = await at.presses(wren, name, { about })
    expect(heard.text).toContain('Three men with rifles')
    expect(heard.text).toContain('Finch took it until 14:35.')
    expect(heard.text).toContain('Finch gave news. “the sheriff is a friend of his”')
    expect(heard.text).toContain('Heron reported it as S4.')
  })

  it('masks numbers, and keeps a safe contact out of it', async () => {
    const { text } = await at.presses(wren, 'more', { about })
    expect(text).not.toContain('555')
    expect(text).toContain('[phone number]')
  })

  it('does not show the reporter what the team writes, but their own words', async () => {
    const { text } = await at.presses(heron, 'more', { about })
    expect(text).toContain('Finch gave news.')
    expect(text).not.toContain('sheriff')
    expect(text).toContain('Heron wrote. “call [phone number]”')
  })

  it('offers exactly what the person may do now', async () => {
    const names = async (actor: typeof finch, incident: Incident) =>
      (await desk([incident]).presses(actor, 'more', { about: incident })).buttons.map(id => id.split(':')[0]).join(' ')
    const free = incidentAfter(reported())
    expect(await names(finch, free)).toBe('claim update resolve escalate dismiss kind place verify mark merge')
    expect(await names(finch, about)).toBe(
      'update resolve handover escalate dismiss release kind place verify mark merge',
    )
    expect(await names(wren, about)).toBe('join update escalate kind place verify mark merge')
    expect(await names(crane, about)).toMatch(/handover .*release .*merge protocol reveal hold$/)
    expect(await names(heron, about)).toBe('add details sources place withdraw')
    expect(await names(eagle, about)).toBe('hold')
    expect(await names(wren, { ...about, joined: [wren.id] })).toContain('leave')
    expect(await names(wren, { ...about, handover: { to: wren.id, until: time(20) } })).toMatch(/^accept decline /)
    expect(await names(wren, { ...about, lowering: { by: finch.id, to: 2 } })).toMatch(/^agree keep /)
    expect(await names(finch, { ...about, lowering: { by: finch.id, to: 2 } })).not.toContain('agree')
    expect(await names(wren, done)).toBe('reopen')
    expect(await names(finch, { ...done, undo: { until: time(11), status: 'claimed', claim: null } })).toBe(
      'undo reopen',
    )
    expect(await names(heron, { ...about, status: 'withdrawn' })).toBe('')
  })

  it('every button it offers is one that the rules then take', async () => {
    const { buttons } = await at.presses(finch, 'more', { about })
    for (const button of buttons) {
      const [name = '', , assumed = ''] = button.split(':')
      const heard = await at.presses(finch, name, { about, assumed })
      expect([name, refusedWith(heard)]).toEqual([name, null])
    }
  })

  it('says who alone may know of a restricted one', async () => {
    const heard = await desk([secret]).presses(crane, 'more', { about: secret })
    const lines = heard.text.split('\n')
    expect(lines.slice(1, 3)).toEqual([
      'Sharing mark: RED',
      expect.stringMatching(/^Only these people may know.*Crane/),
    ])
    expect(refusedWith(await desk([secret]).presses(finch, 'more', { about: secret }))).toBe('refusal.unknown')
  })
})

function incidentEvent(): Entry['event'] {
  return reported().event
}
