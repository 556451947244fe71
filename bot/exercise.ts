import type { Reply } from '../commands/command.ts'
import type { OpenForm } from '../commands/form.ts'
import { exercise, exerciseLines, markedPhrase, namesDrill } from '../workflows/drill/mark.ts'
import { phrase } from '../workflows/phrase.ts'
import { fitView } from '../workflows/text/fit.ts'
import type { Interaction, Outgoing, Platform } from './platform.ts'

/**
 * The platform, on which everything about an exercise begins with "EXERCISE": whatever the hub sends or edits passes
 * here, so that nothing can be forgotten. A message is about one if its key or all that it names says so.
 */
export function exercised(platform: Platform): Platform {
  return {
    ...platform,
    post: (to, message) => platform.post(to, marked(message)),
    edit: (ref, message) => platform.edit(ref, marked(message)),
  }
}

/** The message as it goes out: of an exercise, with "EXERCISE" as its first word. */
export function marked(message: Outgoing): Outgoing {
  const { key, view, reader } = message
  const about = isOf(key)
  if (!about && !namesDrill(view)) return message
  const shown = about || isOneThing(view) ? exercise(view) : exerciseLines(view)
  return { ...message, view: fitView(shown, reader) }
}

/** The answer as it is shown, with "EXERCISE" as its first word if it is about one. */
export function exerciseReply(reply: Reply, about: boolean): Reply {
  if (!about && !namesDrill(reply)) return reply
  switch (reply.type) {
    case 'view':
      return { ...reply, view: about || isOneThing(reply.view) ? exercise(reply.view) : exerciseLines(reply.view) }
    case 'refused':
      return { ...reply, phrase: markedPhrase(reply.phrase) }
    case 'failed':
      return { ...reply, phrase: markedPhrase(reply.phrase) }
    case 'form':
      return about || namesDrill(reply.form.about) ? { ...reply, form: exerciseForm(reply.form) } : reply
    case 'nothing':
      return reply
  }
}

/** Whether what somebody did names something made up: by a button, a typed id, or the form that they sent in. */
export function asksOfDrill(interaction: Interaction): boolean {
  switch (interaction.type) {
    case 'press':
      return namesDrill(interaction.button)
    case 'command':
      return interaction.name === 'drill' || spoken.test(interaction.words)
    case 'submission':
    case 'draft':
      return namesDrill(interaction.about)
    default:
      return false
  }
}

// As people type it.
const spoken = /\bdrill[\s-]*\d/i

// Posts, cards and digests are keyed by their incident, and what is about the exercise as a whole by its name.
function isOf(key: string): boolean {
  return key.startsWith('drill:') || /^(?:card:|digest:)?DRILL-\d/.test(key)
}

/** Whether a view is about something made up alone: its title or its first line says so, or all that it leads to. */
function isOneThing({ title, lines, buttons }: Outgoing['view']): boolean {
  if (namesDrill(title ?? lines[0] ?? null)) return true
  return title === null && buttons.length > 0 && buttons.every(({ id }) => namesDrill(id))
}

// A title may have no more than 24 characters on some platforms, so that the form's own stands in its notice.
function exerciseForm(open: OpenForm): OpenForm {
  const { title } = open.form
  if (title.key === 'drill.mark') return open
  const notice = open.notice
    ? phrase('drill.form-noted', { title, notice: open.notice })
    : phrase('drill.form', { title })
  return { ...open, form: { ...open.form, title: phrase('drill.mark') }, notice: markedPhrase(notice) }
}
