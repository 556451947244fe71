import { describe, expect, it } from 'vitest'
import { readForm } from '../../commands/form.ts'
import { findCommand } from '../../commands/index.ts'
import type { Room } from '../../workflows/directory.ts'
import { InputError } from '../../workflows/errors.ts'
import type { FormId, RoomId } from '../../workflows/ids.ts'
import type { Draft } from '../../workflows/ports.ts'
import { at, eagle, finch, heron, incidentAfter, noEvidence, owl, reported } from '../workflows/specification.ts'
import { deed, desk, refusedWith } from './desk.ts'

const good = {
  what: 'Two men with rifles near the line',
  where: 'Burton Barr library, Maricopa County',
  danger: 'soon',
  contact: 'yes',
}
const nevada: Room = {
  id: 'r-nv' as RoomId,
  purpose: 'region',
  region: 'NV',
  platform: 'workspace',
  address: 'nv',
  name: 'nv',
  language: null,
  red: false,
}

function saved(values: Draft['values']): Draft {
  return { form: 'f' as FormId, name: 'report', about: '', values, savedAt: at(5) }
}

describe('/report', () => {
  it('opens the form, filled with what was typed after it', async () => {
    const { opening } = await desk().types(heron, 'report', { words: 'they are shouting' })
    expect(opening?.values).toEqual({ what: 'they are shouting' })
  })

  it('reads the line of somebody trained into the form, and the kind stands as said and not as guessed', async () => {
    const words = 'armed men outside the library, Maricopa County !4 #AR-2'
    const { opening } = await desk().types(heron, 'report', { words })
    expect(opening?.values).toEqual({
      what: 'armed men outside the library',
      where: 'the library, Maricopa County',
      danger: 'hurt',
      contact: 'yes',
    })
    expect(opening).toMatchObject({ assumed: 'AR-2', notice: { key: 'form.coded' } })
    const heard = await desk().sends(heron, 'report', opening?.values ?? {}, { assumed: 'AR-2' })
    expect(heard.done?.incident).toMatchObject({ kind: 'AR-2', kindGuessed: false, severity: 4, region: 'AZ' })
    const forged = await desk().sends(heron, 'report', opening?.values ?? {}, { assumed: 'XX-9' })
    expect(forged.done?.incident).toMatchObject({ kind: 'AR-1', kindGuessed: true })
  })

  it('goes on with a report that was left half-way', async () => {
    const what = 'they sh'.repeat(6000)
    const draft = saved({ what, danger: 'now', files: ['f1'] })
    const { opening } = await desk([], { draft }).types(heron, 'report')
    expect(opening?.values).toEqual({ what, danger: 'now' })
    expect(opening?.notice).toEqual({ key: 'form.draft', params: { time: { time: at(5) } } })
  })

  it('says nothing of a draft in which nothing stands', async () => {
    expect((await desk([], { draft: saved({ what: '' }) }).types(heron, 'report')).opening).toEqual({})
  })

  it('gives words that are too long back whole', async () => {
    const words = 'x'.repeat(40_000)
    const { reply } = await desk().types(heron, 'report', { words })
    expect(reply).toMatchObject({ type: 'failed', phrase: { params: { max: 3000, over: 37_000 } }, words })
  })

  it('is not for a leader who is no mediator, but for every other role', async () => {
    const noRole = { ...heron, roles: [] }
    expect(refusedWith(await desk().types(noRole, 'report'))).toBe('refusal.report')
    for (const one of [heron, finch, eagle]) expect(refusedWith(await desk().types(one, 'report'))).toBeNull()
  })

  it('reports with severity, guessed kind, place and files, and echoes the receipt', async () => {
    const evidence = { ...noEvidence, photo: 2 }
    const room = { region: 'AZ', purpose: 'region' } as Room
    const heard = await desk().sends(heron, 'report', good, { files: ['f1', 'f2'], evidence, room })
    expect(heard.action).toMatchObject({
      type: 'report',
      files: ['f1', 'f2'],
      do: {
        region: 'AZ',
        severity: 3,
        kind: 'AR-1',
        contact: 'yes',
        place: { state: 'found', county: 'Maricopa County', fips: '04013', usState: 'AZ' },
        evidence,
      },
    })
    expect(heard.text).toContain('Received as AZ-0412, Maricopa County, Arizona')
    expect(heard.text).toContain('In danger: get away, call 911')
    expect(heard.text).toContain('Your receipt stands in your messages with me')
    expect(heard.buttons).toEqual(['details:AZ-0412', 'sources:AZ-0412', 'place:AZ-0412', 'withdraw:AZ-0412'])
  })

  it('says only that it is kept where the receipt itself comes next, and asks for the place if it must', async () => {
    const heard = await desk().sends(heron, 'report', good)
    expect(heard.text).toBe('Received as AZ-0412, Maricopa County, Arizona. The Arizona response team has it.')
    expect(heard.buttons).toEqual([])
    const asked = await desk().sends(heron, 'report', { ...good, where: 'near the border' })
    expect(asked.text).toMatch(/^Received as AZ-0412[^\n]*\nWhere is it\?[^\n]*\n\[Arizona\]/)
    expect(asked.buttons.every(id => id.startsWith('place:'))).toBe(true)
  })

  it.each([
    ['now', 5],
    ['hurt', 4],
    ['soon', 3],
    ['no', 2],
  ])('reads the danger "%s" as S%i', async (danger, severity) => {
    const { action } = await desk().sends(heron, 'report', { ...good, danger })
    expect(action).toMatchObject({ do: { severity } })
  })

  it('in a room says how to add to it where nothing is sent to them: what is written there is talk', async () => {
    const room = { region: 'AZ', purpose: 'region' } as Room
    const values = { what: 'Shouting', where: 'Maricopa County, AZ', danger: 'no', contact: 'no' }
    expect((await desk().sends(heron, 'report', values, { room })).text).toContain('write to me directly, or /update')
    expect((await desk().sends(heron, 'report', values)).text).toContain('Add to it: write here.')
  })

  it('asks for confirmation before a report is withdrawn', async () => {
    const { reply } = await desk().sends(heron, 'report', { ...good, contact: 'no' })
    const buttons = reply.type === 'view' ? reply.view.buttons : []
    expect(buttons.find(button => button.id === 'withdraw:AZ-0412')?.confirm).toBeDefined()
  })

  it('asks where it is when two regions could be meant, and stands with the home region meanwhile', async () => {
    const heard = await desk().sends(heron, 'report', { ...good, where: 'near the border' })
    expect(heard.action).toMatchObject({ do: { region: 'AZ', place: { state: 'asked' } } })
    expect(heard.text).toContain('Where is it?')
    expect(heard.buttons.slice(0, 3)).toEqual(['place:AZ-0412:rAZ', 'place:AZ-0412:rNV', 'place:AZ-0412'])
  })

  it('goes to the region of the room it was written in when the words name no place', async () => {
    const heard = await desk().sends(heron, 'report', { ...good, where: 'by the church' }, { room: nevada })
    expect(heard.action).toMatchObject({ do: { region: 'NV', place: { state: 'room' }, room: 'r-nv' } })
  })

  it('goes to the reporter’s only region from a direct conversation, and is asked where a person serves all', async () => {
    const where = 'by the church'
    expect((await desk().sends(heron, 'report', { ...good, where })).action).toMatchObject({ do: { region: 'AZ' } })
    const asked = await desk().sends(owl, 'report', { ...good, where })
    expect(asked.action).toMatchObject({ do: { region: 'US', place: { state: 'asked' } } })
  })

  it('takes emoji, right-to-left and markup exactly as typed', async () => {
    const what = '🔥 <b>@everyone</b> <!channel> حريق *now*'
    expect((await desk().sends(heron, 'report', { ...good, what })).action).toMatchObject({ do: { what } })
  })

  it.each([
    ['nothing at all', { what: '' }, ['what']],
    ['zero-width characters only', { what: '\u200b\u2060\ufeff' }, ['what']],
    ['40,000 characters', { what: 'x'.repeat(40_000) }, ['what']],
    ['no place', { where: ' ' }, ['where']],
    ['an answer that was never offered', { danger: 'maybe', contact: '' }, ['danger', 'contact']],
  ])('names the fields to mend for %s', async (_, wrong, fields) => {
    const sent = desk().sends(heron, 'report', { ...good, ...wrong })
    const error = await sent.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InputError)
    expect(Object.keys((error as InputError).fields)).toEqual(fields)
  })

  it('leaves the optional files out without a word', () => {
    expect(readForm(findCommand('report')?.form ?? never(), good).files).toEqual([])
  })
})

describe('after a report', () => {
  const incident = incidentAfter(reported({ kind: null, kindGuessed: false }))

  it('details open with what is known and every group of kinds', async () => {
    const before = { ...incident, kind: 'AR-1', details: { weapons: 'drawn' } as const }
    const { opening } = await desk([before]).presses(heron, 'details', { about: before })
    expect(opening?.values).toEqual({ weapons: 'drawn', group: 'AR' })
    expect(opening?.choices?.group?.map(choice => choice.value)).toContain('VI')
  })

  it('details keep codes only, and then ask which kind of the group it is', async () => {
    const heard = await desk([incident]).sends(
      heron,
      'details',
      { group: 'AR', when: 'now', weapons: 'carried' },
      { about: incident },
    )
    expect(deed(heard)).toEqual({ type: 'detail', details: { when: 'now', weapons: 'carried' } })
    expect(heard.buttons).toEqual(['kind:AZ-0412:AR-1', 'kind:AZ-0412:AR-2'])
  })

  it('a group alone asks which kind, and keeps nothing yet', async () => {
    const heard = await desk([incident]).sends(heron, 'details', { group: 'TH' }, { about: incident })
    expect(heard.action).toBeNull()
    expect(heard.buttons).toContain('kind:AZ-0412:TH-1')
  })

  it('details without a group lead on to the next screen', async () => {
    const heard = await desk([incident]).sends(heron, 'details', { when: 'hour' }, { about: incident })
    expect(heard.buttons).toEqual(['sources:AZ-0412'])
  })

  it('sources take no code that the form does not offer', async () => {
    const about = incidentAfter(reported())
    const sent = desk([about]).sends(heron, 'sources', { informed: ['police', 'my neighbour Ana Ruiz'] }, { about })
    await expect(sent).rejects.toMatchObject({ fields: { informed: { key: 'form.pick-one' } } })
  })

  it('sources keep how they know, who was told and what may be shared; nothing is ticked beforehand', async () => {
    const at = desk([incident])
    expect((await at.presses(heron, 'sources', { about: incident })).opening?.values).toEqual({
      informed: [],
      consent: [],
    })
    const values = { known: 'saw', informed: ['police'], consent: ['region', 'network'], safeContact: '555 0123' }
    expect(deed(await at.sends(heron, 'sources', values, { about: incident }))).toEqual({
      type: 'detail',
      details: { known: 'saw', informed: ['police'], consent: ['region', 'network'] },
      safeContact: '555 0123',
    })
  })

  it('consent can be taken back', async () => {
    const before = { ...incident, details: { known: 'saw', consent: ['region', 'media'] } as const }
    const heard = await desk([before]).sends(heron, 'sources', { known: 'saw', consent: ['region'] }, { about: before })
    expect(deed(heard)).toEqual({ type: 'detail', details: { consent: ['region'] } })
  })

  it('words and files are added, and neither is an error at the words', async () => {
    const at = desk([incident])
    const evidence = { ...noEvidence, voice: 1 }
    expect(deed(await at.sends(heron, 'add', { text: '' }, { about: incident, evidence }))).toEqual({
      type: 'add',
      text: '',
      evidence,
    })
    await expect(at.sends(heron, 'add', { text: ' ' }, { about: incident })).rejects.toThrow(InputError)
  })

  it('the screens are the reporter’s own', async () => {
    for (const name of ['details', 'sources', 'withdraw']) {
      expect(refusedWith(await desk([incident]).presses(finch, name, { about: incident }))).toBe('refusal.own')
    }
  })

  it('a report is withdrawn by who made it', async () => {
    const calm = incidentAfter(reported({ severity: 2 }))
    const heard = await desk([calm]).presses(heron, 'withdraw', { about: calm })
    expect(deed(heard)).toEqual({ type: 'withdraw' })
    expect(heard.text).toContain('AZ-0412 is withdrawn')
  })

  it('of a grave one hears that it stays open without their words and name', async () => {
    const heard = await desk([incident]).presses(heron, 'withdraw', { about: incident })
    expect(deed(heard)).toEqual({ type: 'withdraw' })
    expect(heard.text).toContain('Your words, files and name are being taken off')
    expect(heard.text).toContain('stays open')
  })
})

function never(): never {
  throw new Error('missing')
}
