import { describe, expect, test } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import { eachHouse } from '../each.ts'
import { fileOf, photo, voice } from '../evidence.ts'
import { type Files, type House, readAnswer } from '../house.ts'

const seen = {
  what: 'Men with rifles slung near the library.',
  where: 'Maricopa County, AZ',
  danger: 'soon',
  contact: 'yes',
}

let house: House
eachHouse(opened => {
  house = opened
})

async function reported(who: string, files: Files = [], values: Partial<typeof seen> = {}): Promise<string> {
  const answer = await house.fill(who, '/report', { ...seen, ...values }, null, files)
  return /[A-Z]{2}-\d{4,}/.exec(readAnswer(answer))?.[0] ?? readAnswer(answer)
}

function opens({ reply }: Answer): string[] {
  const lines = reply.type === 'view' ? reply.view.lines : []
  return lines.flatMap(line => (line.type === 'item' && line.button ? [line.button.id] : []))
}

describe('what is kept with an incident', () => {
  test('is counted on its card and told in its thread, and is nowhere copied into a room', async () => {
    const id = await reported('heron', [await photo(), voice()])
    const card = await house.card('az-response', id)
    expect((await house.room('az-response'))[0]).toContain('Evidence: 1 photo, 1 voice note')
    await house.write('wren', 'From across the street.', 'az-response', card, [await photo('b.jpg', 320)])
    await house.write('finch', 'Their page: https://www.facebook.com/some.person.az', 'az-response', card)
    expect((await house.room('az-response'))[0]).toContain('Evidence: 2 photos, 1 voice note, 1 link')
    const thread = (await house.thread(card)).join('\n')
    const elsewhere = (await house.thread(await house.card('az-signal', id))).join('\n')
    expect(elsewhere).toContain(`Wren (#Arizona response) agrega: From across the street. (1 foto, guardado con ${id})`)
    expect(elsewhere).toContain('[enlace en Facebook]')
    expect(elsewhere).not.toContain('some.person')
    expect(JSON.stringify([thread, elsewhere])).not.toMatch(/evidence\/[\w-]{43}/)
  })

  test('is listed page by page for who may open it, links whole', async () => {
    const id = await reported('heron', [await photo()], { what: `${seen.what} x.com/some_one/status/1790?s=20` })
    const card = await house.card('az-response', id)
    for (let n = 1; n <= 6; n++) {
      house.skip(1)
      await house.write('finch', `Also example.org/page/${n}`, 'az-response', card)
    }
    const first = await house.type('finch', `/incident ${id} evidence`)
    expect(readAnswer(first)).toContain('Link on X · account some_one · post 1790')
    expect(readAnswer(first)).toContain('https://x.com/some_one/status/1790?s=20')
    expect(opens(first)).toHaveLength(6)
    const second = await house.press('finch', `evidence:${id}:2`)
    expect(readAnswer(second)).toContain('8. Link on example.org')
    expect(opens(second)).toHaveLength(2)
  })

  test('a link is opened with advice, and that is in the timeline', async () => {
    const id = await reported('heron', [], { what: `${seen.what} t.me/some_group/55` })
    const [open = ''] = opens(await house.type('wren', `/incident ${id} evidence`))
    const answer = await house.press('wren', open)
    expect(readAnswer(answer)).toContain('ventana privada')
    expect(answer.reply.type === 'view' && answer.reply.view.lines).toContainEqual(
      expect.objectContaining({ type: 'link', url: 'https://t.me/some_group/55' }),
    )
    const entries = await house.store.incidents.timeline(id as never, 20)
    expect(entries.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'evidence-opened', kind: 'link', copy: 'original' }),
    )
    expect(readAnswer(await house.press('osprey', open))).toContain('I know no incident')
  })

  test('of two reports that are one stands with that one, and goes again when they are taken apart', async () => {
    const one = await reported('heron', [await photo()])
    const other = await reported('cactus-wren', [await photo('c.jpg', 320)])
    await house.type('finch', `/merge ${other} ${one}`)
    const list = await house.type('finch', `/incident ${one} evidence`)
    expect(opens(list)).toHaveLength(2)
    expect(opens(await house.type('heron', `/incident ${one} evidence`))).toHaveLength(1)
    const theirs = opens(list)[1] ?? ''
    expect(readAnswer(await house.press('finch', theirs))).toContain('may show injury')
    await house.press('finch', `separate:${other}`)
    expect(opens(await house.type('finch', `/incident ${one} evidence`))).toHaveLength(1)
    expect(readAnswer(await house.press('finch', theirs))).toContain('no longer kept')
  })

  test('is gone from the list once it was taken back', async () => {
    const id = await reported('heron', [await photo()], { what: 'See example.org/post/1' })
    await house.type('heron', `/withdraw ${id}`)
    const answer = await house.type('finch', `/incident ${id} evidence`)
    expect(opens(answer)).toEqual([])
  })

  test('a file that is not kept is refused with the reason, and the words that came with it are given back', async () => {
    const id = await reported('heron')
    const card = await house.card('az-response', id)
    const script = fileOf('run.sh', 'text/plain', Buffer.from('#!/bin/sh\nrm -rf /\n'))
    for (const answer of [
      await house.write('finch', 'This is what they handed out.', 'az-response', card, [script]),
      await house.write('heron', 'This is what they handed out.', null, undefined, [script]),
    ]) {
      expect(readAnswer(answer)).toContain('run.sh')
      expect(readAnswer(answer)).toContain('This is what they handed out.')
    }
  })
})

describe('the speech test', () => {
  const first = { context: '1', speaker: '1', intent: '2' }
  const rest = { form: '2', extent: '1', likelihood: '1' }

  async function scored(who: string, id: string, ...values: Record<string, string>[]): Promise<Answer> {
    let last: Answer | null = null
    for (const [screen, value] of values.entries()) {
      const opened = await house.press(who, `${screen === 0 ? 'rabat' : 'rabat2'}:${id}`)
      if (opened.reply.type !== 'form') throw new Error(readAnswer(opened))
      last = await house.submit(who, opened.reply.form, value)
    }
    return last as Answer
  }

  test('is two short screens a reviewer; a second stands beside the first, and S4 is one press away', async () => {
    const id = await reported('heron', [], { what: 'A video calls people vermin and says to hang them', danger: 'no' })
    await house.type('finch', `/update ${id} kind: SP-2`)
    const more = await house.type('finch', `/incident ${id}`)
    expect(readAnswer(more)).toContain('[Score the words]')
    const half = await scored('finch', id, first)
    expect(readAnswer(half)).toContain('[The other three]')
    const whole = await scored('finch', id, first, rest)
    expect(readAnswer(whole)).toContain('treat it as S4')
    expect(readAnswer(whole)).toContain('second person')
    const both = await scored('magpie', id, { ...first, intent: '0' }, rest)
    expect(readAnswer(both)).toContain('They differ in: Intent.')
    expect(readAnswer(await house.type('magpie', `/incident ${id}`))).toContain(
      'Words scored: Finch 8 of 12, Magpie 6 of 12',
    )
    const raise =
      both.reply.type === 'view' ? both.reply.view.buttons.find(button => button.id.startsWith('raise')) : null
    expect(readAnswer(await house.press('magpie', raise?.id ?? ''))).toContain(`${id} is now S4`)
    expect(readAnswer(await house.press('magpie', raise?.id ?? '', null, 'again'))).toContain('already S4')
    expect((await house.store.incidents.find(id as never))?.incident.severity).toBe(4)
    expect(readAnswer(await house.press('thrasher', `rabat:${id}`))).toContain('I know no incident')
  })
})
