import { expect, test } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import { renderModal } from '../../bot/discord/modal.ts'
import { drawForm } from '../../bot/slack/form.ts'
import { begin } from '../../commands/conversation.ts'
import type { Form, OpenForm } from '../../commands/form.ts'
import { stepsOf } from '../../workflows/protocol.ts'
import type { Reader } from '../../workflows/text/say.ts'
import { at, by, claimed, crane, everybody, finch, incidentAfter, reported } from '../workflows/specification.ts'
import { desk } from './desk.ts'

const taxonomy = loadTaxonomy()

function shown(form: Form, opening: { readonly notice?: OpenForm['notice'] | undefined }): OpenForm {
  return { id: 'f', command: 'step', about: 'AZ-0412:x', form, notice: opening.notice ?? null, values: {}, errors: {} }
}

test.each(taxonomy.protocols.current.map(one => [one.id, one] as const))(
  'every question of %s fits the forms of each tool, in both languages',
  async (id, protocol) => {
    const on = {
      type: 'started',
      protocol: id,
      rev: protocol.rev,
      eventAt: at(600),
      roles: {},
      undoUntil: at(7),
    } as const
    const passed = protocol.gates.map(({ id: gate }) =>
      by(crane, 7, { type: 'run', run: id, on: { type: 'gate-answered', gate, answers: {}, passed: true } }),
    )
    const begun = by(crane, 6, { type: 'run', run: id, on })
    const running = incidentAfter(reported(), claimed(), begun, ...passed)
    const shut = incidentAfter(reported(), claimed(), begun)
    const forms: OpenForm[] = []
    for (const { id: step } of stepsOf(protocol)) {
      const pressed = { about: running, assumed: `${id}.${step}.0.done` }
      const { opening } = await desk([running], { taxonomy }).presses(finch, 'step', pressed)
      if (opening?.form) forms.push(shown(opening.form, opening))
    }
    for (const { id: gate } of protocol.gates) {
      const pressed = { about: shut, assumed: `${id}.${gate}` }
      const { opening } = await desk([shut], { taxonomy }).presses(finch, 'gate', pressed)
      if (!opening?.form) throw new Error(`${gate} of ${id} asks nothing`)
      forms.push(shown(opening.form, opening))
    }
    expect(forms.length).toBeGreaterThan(0)
    for (const form of forms) {
      for (const language of ['en', 'es'] as const) {
        const reader: Reader = {
          language,
          zone: 'UTC',
          now: at(10),
          person: one => everybody.find(each => each.id === one)?.callsign ?? null,
        }
        const modal = renderModal(form, reader)
        expect(JSON.stringify(modal)).not.toMatch(/…"/)
        const opened = { form: 'f', command: 'step', about: '', room: null, message: null, files: [] }
        expect(drawForm(form, opened, reader).blocks.length).toBeLessThanOrEqual(12)
        expect(begin(form, reader, at(10)).type).toBe('going')
      }
    }
  },
)
