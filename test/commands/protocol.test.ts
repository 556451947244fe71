import { describe, expect, it } from 'vitest'
import { InputError, RuleError } from '../../workflows/errors.ts'
import type { Incident } from '../../workflows/incident.ts'
import type { Protocol } from '../../workflows/protocol.ts'
import type { RunEvent } from '../../workflows/run.ts'
import type { Taxonomy } from '../../workflows/taxonomy.ts'
import { step, protocol as written } from '../workflows/run/shift.ts'
import {
  at,
  by,
  claimed,
  crane,
  finch,
  heron,
  incidentAfter,
  type Past,
  reported,
  taxonomy as shipped,
  wren,
} from '../workflows/specification.ts'
import { deed, desk, type Heard, refusedWith } from './desk.ts'

const ask = {
  id: 'gone',
  text: { en: 'Are they gone?', es: '¿Ya se fueron?' },
  type: 'choice',
  required: true,
  choices: [
    { code: 'yes', name: { en: 'Yes', es: 'Sí' } },
    { code: 'still', name: { en: 'Still there', es: 'Siguen allí' } },
  ],
} as const
const sample: Protocol = {
  ...written(
    step('1', 5, { text: { en: 'Call the poll manager', es: 'Llame a la persona encargada' } }),
    step('2', 10, { asks: [ask], text: { en: 'Look again', es: 'Mire otra vez' } }),
    step('3', 20, { gate: 'G2', role: 'FR', text: { en: 'Send a pair', es: 'Envíe una pareja' } }),
  ),
  kinds: ['AR-1'],
  roles: ['VE', 'FR', 'RC'],
}
const event: Protocol = { ...sample, id: 'P5', event: true, kinds: [], title: { en: 'Protest', es: 'Protesta' } }
const taxonomy: Taxonomy = {
  ...shipped,
  protocols: {
    current: [sample, event],
    find: (id, rev) => [sample, event].find(one => one.id === id && one.rev === rev) ?? null,
  },
}

const started: RunEvent = {
  type: 'started',
  protocol: 'P1',
  rev: sample.rev,
  eventAt: null,
  roles: { VE: [finch.id] },
  undoUntil: at(7),
}
const run = (minute: number, on: RunEvent, who = crane): Past => by(who, minute, { type: 'run', run: 'P1', on })
const free = incidentAfter(reported(), claimed())
const running = incidentAfter(reported(), claimed(), run(6, started))

function at412(incident: Incident) {
  return desk([incident], { taxonomy })
}

describe('starting a protocol', () => {
  it('is one line for a coordinator, who reads what comes next, who is missing, and how to undo it', async () => {
    const heard = await at412(free).types(crane, 'protocol', { about: free, words: 'start P1' })
    expect(deed(heard)).toEqual({ type: 'run', do: { type: 'start', protocol: 'P1', eventAt: null } })
    expect(heard.text).toContain('P1 Sample has started on AZ-0412.')
    expect(heard.text).toContain('Next: P1.1 Call the poll manager')
    expect(heard.text).toContain('Still without anybody: verifier')
    expect(heard.buttons).toContain('run:AZ-0412:P1.undo')
    expect(heard.buttons).toContain('run:AZ-0412:P1.take-VE')
  })

  it('without naming one offers those that suit the kind first, and finds others by their words', async () => {
    const picker = await at412(free).types(crane, 'protocol', { about: free, words: 'start' })
    expect(picker.text.indexOf('Fits this kind')).toBeLessThan(picker.text.indexOf('P1 Sample'))
    expect(picker.text.indexOf('All others')).toBeLessThan(picker.text.indexOf('P5 Protest'))
    const found = await at412(free).types(crane, 'protocol', { about: free, words: 'start protest' })
    expect(found.text).toContain('Found by “protest”')
    expect(found.text).not.toContain('P1 Sample')
    const none = await at412(free).types(crane, 'protocol', { about: free, words: 'start volcano' })
    expect(none.text).toContain('No protocol has the words “volcano”')
    expect(none.text).toContain('P1 Sample')
  })

  it('without an incident asks on which', async () => {
    const heard = await at412(free).types(crane, 'protocol', { words: 'start P1' })
    expect(heard.buttons).toEqual(['protocol:AZ-0412:start.P1'])
  })

  it('is for coordinators of the region; others read whom to ask', async () => {
    expect(refusedWith(await at412(free).types(finch, 'protocol', { about: free, words: 'start P1' }))).toBe(
      'run.start-coordinator',
    )
  })

  it('of an event asks for its hour by the clock of the region, and takes it in one line too', async () => {
    const asked = await at412(free).presses(crane, 'protocol', { about: free, assumed: 'start.P5' })
    expect(asked.opening?.form?.fields.when?.hint?.params).toMatchObject({ region: 'Arizona', zone: 'MST' })
    // 18:00 in Phoenix is 01:00 UTC.
    const heard = await at412(free).types(crane, 'protocol', { about: free, words: 'start P5 nov 5 18:00' })
    const eventAt = Date.UTC(2026, 10, 6, 1)
    expect(deed(heard)).toEqual({ type: 'run', do: { type: 'start', protocol: 'P5', eventAt } })
    const wrong = at412(free).sends(crane, 'protocol', { when: 'soon' }, { about: free, assumed: 'start.P5' })
    await expect(wrong).rejects.toBeInstanceOf(InputError)
  })
})

describe('a step', () => {
  const pressed = (verb: string, of = '1') => ({ about: running, assumed: `P1.${of}.0.${verb}` })

  it('that asks nothing is done by one press, and leads to the next', async () => {
    const heard = await at412(running).presses(finch, 'step', pressed('done'))
    expect(deed(heard)).toMatchObject({ type: 'run', do: { type: 'do', run: 'P1', step: '1', times: 0 } })
    expect(heard.text).toContain('P1.1 is done.')
    expect(heard.text).toContain('Next: P1.2 Look again')
    expect(heard.buttons[0]).toBe('step:AZ-0412:P1.2.0.done')
  })

  it('is done by one line typed, in either language, also where no incident is named', async () => {
    for (const words of ['P1.1 done', 'p1.1 hecho']) {
      const heard = await at412(running).types(finch, 'step', { words })
      expect(deed(heard)).toMatchObject({ type: 'run', do: { type: 'do', step: '1' } })
    }
  })

  it('that asks something opens its questions; what answers them in one line needs no form', async () => {
    const asked = await at412(running).presses(finch, 'step', pressed('done', '2'))
    expect(Object.keys(asked.opening?.form?.fields ?? {})).toEqual(['gone', 'note'])
    const typed = await at412(running).types(finch, 'step', { about: running, words: 'P1.2 done siguen allí' })
    expect(deed(typed)).toMatchObject({ do: { answers: { gone: 'still' } } })
    const sent = await at412(running).sends(finch, 'step', { gone: 'yes', note: 'All calm' }, pressed('done', '2'))
    expect(deed(sent)).toMatchObject({ do: { answers: { gone: 'yes' }, note: 'All calm' } })
  })

  it('is skipped with the reason, by form or in one line', async () => {
    const asked = await at412(running).presses(finch, 'step', pressed('skip'))
    expect(asked.opening?.assumed).toBe('P1.1.0.skip')
    const typed = await at412(running).types(finch, 'step', { about: running, words: 'P1.1 omitir nadie responde' })
    expect(deed(typed)).toMatchObject({ do: { type: 'skip', reason: 'nadie responde' } })
    expect(typed.text).toContain('P1.1 is skipped.')
  })

  it('is handed on by whoever has it, in one line or by picking from who may take it', async () => {
    const asked = await at412(running).presses(finch, 'step', pressed('hand'))
    expect(asked.opening?.choices?.to?.map(one => one.value)).toContain(wren.id)
    const typed = await at412(running).types(finch, 'step', { about: running, words: 'P1.1 hand Wren' })
    expect(deed(typed)).toMatchObject({ do: { type: 'assign', step: '1', people: [wren.id], mode: 'any' } })
    expect(typed.text).toContain('P1.1 is now with Wren.')
    const theirs = at412(running).types(wren, 'step', { about: running, words: 'P1.1 hand Finch' })
    await expect(theirs).rejects.toBeInstanceOf(RuleError)
  })

  it('whose reminder can wait asks for how long, and is put off by what was chosen', async () => {
    const asked = await at412(running).presses(finch, 'step', pressed('snooze'))
    expect(asked.action).toBeNull()
    expect(asked.buttons).toEqual(['step:AZ-0412:P1.1.0.snooze.10', 'step:AZ-0412:P1.1.0.snooze.30'])
    const chosen = await at412(running).presses(finch, 'step', pressed('snooze.30'))
    expect(deed(chosen)).toMatchObject({ do: { type: 'snooze', step: '1', minutes: 30 } })
    const typed = await at412(running).types(finch, 'step', { about: running, words: 'P1.1 later 20' })
    expect(deed(typed)).toMatchObject({ do: { type: 'snooze', minutes: 20 } })
  })

  it('behind a gate leads to the gate', async () => {
    const heard = await at412(running).presses(finch, 'step', pressed('done', '3'))
    expect(heard.action).toBeNull()
    expect(heard.buttons).toEqual(['gate:AZ-0412:P1.G2'])
  })

  it('that another did meanwhile says who and when, and gives back what was typed', async () => {
    const done = incidentAfter(reported(), claimed(), run(6, started), run(8, { type: 'step-done', step: '1' }, wren))
    const late = { about: done, assumed: 'P1.1.0.skip' }
    const heard = await at412(done).sends(finch, 'step', { reason: 'Nobody picks up' }, late)
    expect(heard.action).toBeNull()
    expect(heard.text).toContain('Wren did P1.1 at')
    expect(heard.text).toContain('Nobody picks up')
    const short = await at412(done).sends(finch, 'step', { reason: 'Closed' }, late)
    expect(short.text).toContain('Closed')
  })

  it('of what runs nowhere, or in no such words, is refused with the way on', async () => {
    expect(refusedWith(await at412(free).types(finch, 'step', { words: 'P1.1 done' }))).toBe('protocol.no-run-anywhere')
    expect(refusedWith(await at412(running).types(finch, 'step', { words: 'make it so' }))).toBe('protocol.step-how')
    const gone = await at412(running).types(finch, 'step', { about: running, words: 'P1.9 done' })
    expect(gone.text).toContain('P1.9 is not on the list any more')
  })

  it('shows all that can be done with it to who works on it, and nothing to who only reported it', async () => {
    const shown = await at412(running).presses(finch, 'step', pressed('open'))
    expect(verbs(shown)).toEqual(['done', 'skip', 'hand', 'help', 'open'])
    expect(refusedWith(await at412(running).presses(heron, 'step', pressed('open')))).toBe('run.not-part')
    const unnamed = await at412(running).types(heron, 'run', { about: running, words: 'show' })
    expect(refusedWith(unnamed)).toBe('run.no-part')
  })
})

describe('a gate', () => {
  const pressed = { about: running, assumed: 'P1.G2' }

  it('asks each question; a yes opens its steps, with the button of the next', async () => {
    const asked = await at412(running).presses(finch, 'gate', pressed)
    expect(Object.keys(asked.opening?.form?.fields ?? {})).toEqual(['pair', 'note'])
    const heard = await at412(running).sends(finch, 'gate', { pair: 'yes' }, pressed)
    expect(deed(heard)).toMatchObject({ do: { type: 'gate', gate: 'G2', answers: { pair: 'yes' } } })
    expect(heard.text).toContain('G2 Safety: passed.')
  })

  it('that hears a no says what to do instead', async () => {
    const heard = await at412(running).sends(finch, 'gate', { pair: 'no' }, pressed)
    expect(heard.text).toContain('G2 Safety: no. Stay away')
  })

  it('is passed by nothing that was left out', async () => {
    await expect(at412(running).sends(finch, 'gate', {}, pressed)).rejects.toBeInstanceOf(InputError)
  })
})

describe('steering', () => {
  it('pauses, stops with a reason, gives out steps and roles, and hands over the lead, by one line each', async () => {
    const says = async (words: string) => deed(await at412(running).types(crane, 'run', { about: running, words }))
    expect(await says('pause P1')).toMatchObject({ do: { type: 'pause', run: 'P1' } })
    expect(await says('stop P1 wrong place')).toMatchObject({ do: { type: 'stop', reason: 'wrong place' } })
    expect(await says('assign P1.1 Finch, Wren all')).toMatchObject({
      do: { type: 'assign', step: '1', people: [finch.id, wren.id], mode: 'all' },
    })
    expect(await says('assign VE Wren')).toMatchObject({ do: { type: 'fill', role: 'VE', people: [wren.id] } })
    expect(await says('lead P1 Wren')).toMatchObject({ do: { type: 'offer-lead', to: wren.id } })
  })

  it('asks what is missing in a form', async () => {
    const stop = await at412(running).types(crane, 'run', { about: running, words: 'stop' })
    expect(stop.opening?.assumed).toBe('P1.stop')
    const assign = await at412(running).presses(crane, 'run', { about: running, assumed: 'P1.assign' })
    expect(assign.opening?.choices?.step?.map(one => one.value)).toEqual([
      '1',
      '2',
      '3',
      'role-VE',
      'role-FR',
      'role-RC',
    ])
    const unknown = at412(running).types(crane, 'run', { about: running, words: 'lead P1 Nobody' })
    await expect(unknown).rejects.toBeInstanceOf(InputError)
  })
})

describe('the checklist', () => {
  it('shows everything by phase, why a step was skipped, and steers only for who may', async () => {
    const skipped = incidentAfter(
      reported(),
      claimed(),
      run(6, started),
      run(8, { type: 'step-skipped', step: '1' }, wren),
    )
    const entry = { seq: 4, at: at(8), by: wren.id, words: { reason: 'Nobody picks up' } }
    const timeline = [{ ...entry, event: { type: 'run', run: 'P1', on: { type: 'step-skipped', step: '1' } } } as const]
    const open = { about: skipped, assumed: 'P1.open' }
    const heard = await desk([skipped], { taxonomy, timeline }).presses(crane, 'run', open)
    expect(heard.text).toContain('P1.1 Call the poll manager · skipped')
    expect(heard.text).toContain('by Wren: Nobody picks up')
    expect(heard.buttons).toContain('run:AZ-0412:P1.stop')
    const seen = await desk([skipped], { taxonomy, timeline }).presses(finch, 'run', open)
    expect(seen.buttons).not.toContain('run:AZ-0412:P1.stop')
  })

  it('lists the steps of a person first in what waits for them', async () => {
    const heard = await at412(running).types(finch, 'mine')
    expect(heard.text.indexOf('Your steps')).toBeLessThan(heard.text.indexOf('You are on it'))
    expect(heard.text).toContain('AZ-0412 · P1.1 Call the poll manager · Finch, by')
  })
})

function verbs({ buttons }: Heard): string[] {
  return buttons.map(id => id.split('.').at(-1) ?? '')
}
