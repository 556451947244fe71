import { address, type Check, flag, type Json, list, object, oneOf, text, typed, whole } from './shape.ts'

/** Where blocks stand: what may stand there differs. */
export type Surface = 'message' | 'modal' | 'home'

const plain = (most: number) => object({ type: oneOf('plain_text'), text: text(most), 'emoji?': flag })

// A mention in mark-up would call people; the hub writes none, and people's words must not become one.
const marked: Check = (value, at, wrong) => {
  text(3000)(value, at, wrong)
  const marks = String(value).match(/<[^>]*>/g) ?? []
  for (const mark of marks) {
    if (
      !/^<!date\^\d{9,11}\^[^|<>]*\{[^|<>]+\}[^|<>]*\|[^<>]+>$/.test(mark) &&
      !/^<https?:[^|>]+(\|[^>]+)?>$/.test(mark)
    ) {
      wrong(`${at}: the mark-up ${mark}`)
    }
  }
  if (/&(?!amp;|lt;|gt;)/.test(String(value))) wrong(`${at}: a bare &`)
}

const anyText = typed({
  plain_text: { text: text(3000), 'emoji?': flag },
  mrkdwn: { text: marked, 'verbatim?': flag },
})

const confirm = object({
  title: plain(100),
  text: typed({ plain_text: { text: text(300), 'emoji?': flag }, mrkdwn: { text: text(300), 'verbatim?': flag } }),
  confirm: plain(30),
  deny: plain(30),
  'style?': oneOf('primary', 'danger'),
})

const option = object({ text: plain(75), value: text(150), 'description?': plain(75) })
const id = text(255)

const button = {
  action_id: id,
  text: plain(75),
  'value?': text(2000, 0),
  'url?': address,
  'style?': oneOf('primary', 'danger'),
  'confirm?': confirm,
  'accessibility_label?': text(75),
}
const select = {
  action_id: id,
  options: list(option, 1, 100),
  'initial_option?': option,
  'placeholder?': plain(150),
  'confirm?': confirm,
}
const radio = { action_id: id, options: list(option, 1, 10), 'initial_option?': option, 'confirm?': confirm }
const checks = {
  action_id: id,
  options: list(option, 1, 10),
  'initial_options?': list(option, 1, 10),
  'confirm?': confirm,
}
const external = { action_id: id, 'min_query_length?': whole(0, 3000), 'placeholder?': plain(150) }
const input = {
  action_id: id,
  'multiline?': flag,
  'initial_value?': text(3000, 0),
  'min_length?': whole(0, 3000),
  'max_length?': whole(1, 3000),
  'placeholder?': plain(150),
  'dispatch_action_config?': object({}),
}
const file = { action_id: id, 'max_files?': whole(1, 10), 'filetypes?': list(text(20), 1, 50) }

const style = object({ 'bold?': flag, 'italic?': flag, 'strike?': flag, 'code?': flag })
const rich = typed({
  text: { text: text(12_000), 'style?': style },
  link: { url: address, 'text?': text(12_000), 'style?': style },
  date: { timestamp: whole(1e8, 1e11), format: text(200), 'fallback?': text(200), 'url?': address, 'style?': style },
  emoji: { name: text(100) },
})
const richBlock = typed({
  rich_text_section: { elements: list(rich, 1, 1000) },
  rich_text_quote: { elements: list(rich, 1, 1000), 'border?': oneOf(0, 1) },
  rich_text_preformatted: { elements: list(rich, 1, 1000) },
  rich_text_list: {
    style: oneOf('bullet', 'ordered'),
    elements: list(typed({ rich_text_section: { elements: list(rich, 1, 1000) } }), 1, 1000),
  },
})

const slackFile: Check = (value, at, wrong) => {
  if (!/^F[A-Z0-9]{8,}$/.test(String(value))) wrong(`${at}: input must match regex pattern: ^[F][A-Z0-9]{8,}$`)
}

const block = { 'block_id?': id }
const shared = {
  header: { ...block, text: plain(150) },
  divider: block,
  section: {
    ...block,
    text: anyText,
    'accessory?': typed({ button, static_select: select, radio_buttons: radio, checkboxes: checks }),
    'expand?': flag,
  },
  context: { ...block, elements: list(anyText, 1, 10) },
  actions: { ...block, elements: list(typed({ button, static_select: select }), 1, 25) },
  rich_text: { ...block, elements: list(richBlock, 1, 1000) },
  image: { ...block, slack_file: object({ id: slackFile }), alt_text: text(2000), 'title?': plain(2000) },
}
const asked = (elements: Check) => ({
  ...block,
  label: plain(2000),
  element: elements,
  'hint?': plain(2000),
  'optional?': flag,
  'dispatch_action?': flag,
})
const common = {
  plain_text_input: input,
  static_select: select,
  external_select: external,
  radio_buttons: radio,
  checkboxes: checks,
}
const cell = typed({ raw_text: { text: text(3000) } })

const surfaces: Readonly<Record<Surface, Check>> = {
  message: typed({ ...shared, table: { ...block, rows: list(list(cell, 1, 20), 1, 100) } }),
  modal: typed({ ...shared, input: asked(typed({ ...common, file_input: file })) }),
  home: typed({ ...shared, input: asked(typed(common)) }),
}

/** Everything that is wrong with blocks, as Slack's documentation has it. */
export function blockProblems(blocks: unknown, surface: Surface): string[] {
  const problems: string[] = []
  const wrong = (problem: string) => void problems.push(problem)
  list(surfaces[surface], 1, surface === 'message' ? 50 : 100)(blocks, '/blocks', wrong)
  if (problems.length > 0 || !Array.isArray(blocks)) return problems
  const ids = blocks.flatMap((one: Json) => (typeof one.block_id === 'string' ? [one.block_id] : []))
  if (new Set(ids).size < ids.length) wrong('/blocks: two blocks of one block_id')
  for (const [index, one] of blocks.entries()) checkElements(one as Json, `/blocks/${index}`, wrong)
  if (blocks.filter((one: Json) => one.type === 'table').length > 1) wrong('/blocks: only_one_table_allowed')
  if (surface === 'message' && lengthOf(blocks) > 13_200) wrong(`/blocks: msg_blocks_too_long (${lengthOf(blocks)})`)
  return problems
}

/** Everything that is wrong with a modal or a home page. */
export function viewProblems(view: unknown): string[] {
  const problems: string[] = []
  const wrong = (problem: string) => void problems.push(problem)
  const any: Check = () => {}
  const kept = { 'private_metadata?': text(3000, 0), 'callback_id?': id, 'external_id?': id }
  typed({
    home: { ...kept, blocks: any },
    modal: {
      ...kept,
      title: plain(24),
      'submit?': plain(24),
      'close?': plain(24),
      'clear_on_close?': flag,
      'notify_on_close?': flag,
      blocks: any,
    },
  })(view, '', wrong)
  const { type, blocks, submit } = (view ?? {}) as Json
  problems.push(...blockProblems(blocks, type === 'home' ? 'home' : 'modal'))
  const inputs = Array.isArray(blocks) && blocks.some((one: Json) => one.type === 'input')
  if (type === 'modal' && inputs && !submit) wrong('/submit: a modal with inputs needs it')
  if (JSON.stringify(view).length > 250_000) wrong('the view is larger than 250 kB')
  return problems
}

function checkElements(one: Json, at: string, wrong: (problem: string) => void): void {
  const elements = elementsOf(one)
  const names = elements.map(element => element.action_id)
  if (new Set(names).size < names.length) wrong(`${at}: two elements of one action_id`)
  for (const { type, options, initial_option: first, initial_options: some, ...rest } of elements) {
    const all = Array.isArray(options) ? options.map(each => JSON.stringify(each)) : []
    const picked = [...(first ? [first] : []), ...(Array.isArray(some) ? some : [])]
    if (type !== 'external_select' && picked.some(each => !all.includes(JSON.stringify(each)))) {
      wrong(`${at}: an initial option that is none of the options`)
    }
    if (new Set(all.map(each => (JSON.parse(each) as Json).value)).size < all.length)
      wrong(`${at}: two options of one value`)
    const { initial_value: value, max_length: most } = rest
    if (typeof value === 'string' && typeof most === 'number' && value.length > most)
      wrong(`${at}: longer than max_length`)
  }
}

/** The elements of a block that can be used. */
export function elementsOf(one: Json): Json[] {
  if (one.type === 'actions') return one.elements as Json[]
  if (one.type === 'section' && one.accessory) return [one.accessory as Json]
  return one.type === 'input' ? [one.element as Json] : []
}

function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + lengthOf(each), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + (name === 'text' && typeof each === 'string' ? each.length : lengthOf(each)),
    0,
  )
}
